"""How often each country is written about."""

from world.survey import Survey


def country_weights(survey: Survey, weights: dict[str, float], speakers: set[str]) -> dict[str, float]:
    """Weight of each country by ISO3 code: the West, the speakers of the text's language, all others."""

    def weight(country) -> float:
        if country.western:
            return weights["west"]
        return weights.get("speakers", weights["others"]) if country.continent in speakers else weights["others"]

    return {country.iso3: weight(country) for country in survey.countries}
