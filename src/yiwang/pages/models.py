"""The pages of a district as its pack has said them."""

from django.db import models

from yiwang.org.models import District


class Page(models.Model):
    """One file of pages/, by its name, and words.yaml; what the pack does not say has no row."""

    district = models.ForeignKey(District, models.CASCADE)
    name = models.CharField(max_length=20)
    definition = models.JSONField()

    class Meta:
        db_table = "pages_page"
        constraints = (models.UniqueConstraint(fields=["district", "name"], name="pages_page_name"),)
