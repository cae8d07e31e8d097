"""What the platform says to the person who starts Tanfang."""

REFUSALS = {
    "default_master_key": "正式环境不得使用默认主密钥：请设置 TANFANG_MASTER_KEYS。",
    "default_index_key": "正式环境不得使用默认检索密钥：请设置 TANFANG_INDEX_KEY。",
    "default_database_password": "正式环境不得使用默认数据库口令：请为每个登录角色设置口令。",
    "demonstration_accounts": "正式环境不得启用演示账号：请关闭 TANFANG_DEMONSTRATION。",
    "demonstration_data": "正式环境不得装入演示数据：虚构的老人会混进真实名册。",
    "insecure_cookie": "正式环境的登录凭证只能经 HTTPS 传送：请设置 TANFANG_COOKIE_SECURE=true。",
    "test_clock": "正式环境不得使用测试时钟：请关闭 TANFANG_TEST_CLOCK。",
    "malformed": "配置项缺失或格式不正确：{detail}",
    "missing_database_password": "没有配置数据库登录角色 {login} 的口令。",
}
"""Why the settings are refused, by code."""
