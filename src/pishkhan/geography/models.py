"""Divisions of the country by SCI code, with their people and points."""

from django.db import models

from pishkhan.journal.models import Journalled


class Division(models.Model):
    """A province, county, district, rural district, city or settlement. Its code begins with that of what it lies in."""

    class Kind(models.TextChoices):
        PROVINCE = "province"
        COUNTY = "county"
        DISTRICT = "district"
        RURAL_DISTRICT = "rural_district"
        CITY = "city"
        SETTLEMENT = "settlement"

    code = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=16, choices=Kind)
    name = models.CharField(max_length=100)
