"""What Django REST framework and drf-spectacular are told, for the settings."""

REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["tibs.api.authentication.Session"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "tibs.api.problems.problem_response",
    # `?format=` would be a parameter that no operation declares.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "TIBS",
    "DESCRIPTION": "Transnational Innovation Brokerage System: what partner sites read.",
    "VERSION": "1.0.0",
    "DEFAULT_GENERATOR_CLASS": "tibs.api.schema.Generator",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {"MoneyBandEnum": "companies.choices.MoneyBand"},
}
