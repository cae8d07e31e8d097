"""What every process stands on: settings, clock, logs, encryption, masking and outbound HTTP."""
