# Do models differ, country by country? A mixed model on estimates.csv, the table that a study writes.
#
#   Rscript data/studies/mixed-model.R data/runs/mini/estimates.csv
#
# Fisher's z of r of each country, models as fixed effects, countries as a random effect: the countries are the same for all
# models, so what one country is like must not count as evidence about models. The intervals are about these given models
# over other countries like these; they do not allow for other items (the brackets of culture-lens do).
# Needs R with the package lme4 (on Debian: r-base-core r-cran-lme4).

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 1 || !file.exists(arguments[1])) {
  stop("Expected one argument: the path of an estimates.csv that a study wrote.")
}
estimates <- read.csv(arguments[1])
z <- subset(estimates, figure == "r of country" & kind == "model" & !is.na(estimate))
z$z <- atanh(pmax(pmin(z$estimate, 0.999), -0.999))
z$asked <- paste(z$model, z$template, z$format, z$reading)
cat(nrow(z), "r of", length(unique(z$part)), "countries and", length(unique(z$asked)), "models\n\n")
if (length(unique(z$asked)) < 2) {
  stop("Expected at least two models (or ways of asking) in the file: there is nothing to compare.")
}

suppressPackageStartupMessages(library(lme4))
fit <- lmer(z ~ 0 + asked + (1 | part), data = z)
print(summary(fit)$coefficients)
cat("\nStandard deviation of z between countries:", attr(VarCorr(fit)$part, "stddev"), "and left over:", sigma(fit), "\n\n")
intervals <- confint(fit, method = "Wald", parm = "beta_")
cat("r = tanh(z), with 95 % Wald intervals:\n")
print(round(tanh(cbind(estimate = fixef(fit), intervals)), 3))
