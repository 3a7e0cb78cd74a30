from modeltranslation.translator import TranslationOptions, register

from regions.models import Country, NaceCode, Region, S3Domain, S3Priority


@register(Country)
class CountryTranslation(TranslationOptions):
    fields = ("name",)


@register(Region)
class RegionTranslation(TranslationOptions):
    fields = ("name",)


@register(NaceCode)
class NaceCodeTranslation(TranslationOptions):
    fields = ("label",)


@register(S3Domain)
class S3DomainTranslation(TranslationOptions):
    fields = ("name",)


@register(S3Priority)
class S3PriorityTranslation(TranslationOptions):
    fields = ("title",)
