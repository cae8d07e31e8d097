"""The referral's file beside its moves: remarks, attachments, watchers, questions about fields, drafts."""
