"""社区卫生服务中心: family-doctor contracts, follow-up, home beds."""
