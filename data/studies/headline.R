# The headline table from one file that `npx culture-lens export readings` wrote: Rscript data/studies/headline.R mini.csv
# Base R only; a .parquet table is read by arrow::read_parquet instead.

cells <- read.csv(commandArgs(trailingOnly = TRUE)[1], na.strings = "", encoding = "UTF-8")
correlation <- function(x, y) if (length(x) < 3 || sd(x) == 0 || sd(y) == 0) NA else cor(x, y)
cosine <- function(x, y) if (length(x) < 3 || all(x == 0) || all(y == 0)) NA else sum(x * y) / sqrt(sum(x^2) * sum(y^2))
fisher_mean <- function(r) tanh(mean(atanh(pmax(-0.999, pmin(0.999, r))), na.rm = TRUE))
each <- function(rows, by, figure, x, y) sapply(split(rows, rows[[by]]), function(some) figure(some[[x]], some[[y]]))

headline <- function(rows) {
  rows$item_mean <- ave(rows$human_mean_score, rows$variable, FUN = function(score) mean(score, na.rm = TRUE))
  rows <- subset(rows, !is.na(human_mean_score) & !is.na(model_mean_score))
  rows <- transform(rows, human_deviation = human_mean_score - item_mean, model_deviation = model_mean_score - item_mean)
  r <- each(rows, "country", correlation, "human_mean_score", "model_mean_score")
  named <- all(rows$country_named)
  western <- tapply(rows$western, rows$country, any)
  data.frame(rows[1, c("model", "template", "format", "reading")],
    r = fisher_mean(r),
    # The one answer of a country-free wording says nothing about differences between countries.
    deviation_r = if (named) fisher_mean(each(rows, "country", cosine, "human_deviation", "model_deviation")) else NA,
    r_within_items = if (named) mean(each(rows, "variable", correlation, "human_mean_score", "model_mean_score"), na.rm = TRUE) else NA,
    west_minus_others = mean(r[western], na.rm = TRUE) - mean(r[!western], na.rm = TRUE)
  )
}

table <- do.call(rbind, lapply(split(cells, cells[c("model", "template", "format", "reading")], drop = TRUE), headline))
write.csv(table, row.names = FALSE, quote = FALSE, na = "")
