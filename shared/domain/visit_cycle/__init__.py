"""The visit cycle (探访周期): what is owed to one elder, window by window, while enrolled."""
