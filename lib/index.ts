/**
 * culture-lens measures whose values language models reproduce. Read from top to bottom: this is the way of a survey
 * question from people and through a model to a number.
 */

// The records that everything below speaks in.
export * from './types.js';
export { projectPath } from './files/data-folder.js';
export { InputError } from './files/input-error.js';

// 1. survey: what was asked, and how people of each country answered
export { findItem, loadItems } from './survey/items.js';
export { selectItems } from './survey/item-sets.js';
export { loadCategories, loadCategoryGroups } from './survey/categories.js';
export { loadCountries } from './survey/countries.js';
export { type CountrySelection, findCountry, selectCountries } from './survey/country-selection.js';
export { type HumanAnswers, loadHumanAnswers } from './survey/human-answers.js';
export { type HumanSide, type HumanSideRecord, loadHumanSide } from './survey/human-side.js';
export { loadSurveyFacts, type SurveyFacts } from './survey/facts.js';
export { surveyValidation, type ValidationRow } from './survey/validation.js';

// 2. prompts: a survey question as multiple choice
export { findTemplate, loadTemplates, type TemplateBook } from './prompts/templates.js';
export { type PromptParts, renderPrompt } from './prompts/render-prompt.js';
export {
  asChatPrompt,
  type ChatSettings,
  type ChatTemplate,
  DEFAULT_CHAT_SETTINGS,
  loadChatTemplate,
  renderChat,
} from './prompts/chat-template.js';

// 3. tokenization: text to token ids, and the token that stands for each option
export { loadTokenizer, type Tokenizer } from './tokenization/tokenizer.js';
export { answerTextIds, type EncodingResult, encodePrompt } from './tokenization/encode-prompt.js';

// 4. inference: one forward pass answers all options of a prompt
export { type ProviderChoice, resolveProvider, tryProvider } from './inference/provider.js';
export { replayModel } from './inference/replay.js';

// 5. hub: a model of the Hugging Face hub, brought to this disk
export { fetchModel, type FetchedModel, type FetchOptions, type HubReference } from './hub/fetch-model.js';
export type { FetchProgress } from './hub/collect-files.js';
export { parseHubId } from './hub/hub-id.js';

// 6. scoring: log-probabilities to p̂ to a mean score, both option orders joined
export { meanScore, renormalise } from './scoring/probabilities.js';
export { type FirstOptionBias, firstOptionBias } from './scoring/first-option.js';
export { type LikelyToken, likelyTokens } from './scoring/likely-tokens.js';
export { makeReading } from './scoring/make-reading.js';
export { type NamedOption, namedOption } from './scoring/named-option.js';
export { type JoinSettings, type OrderJoin, scoreCells } from './scoring/join-orders.js';

// 7. statistics: arithmetic that knows nothing of surveys or models
export { type Correlation, deviationCorrelation, pearson } from './statistics/correlation.js';
export { spearman } from './statistics/rank-correlation.js';
export { concordance } from './statistics/concordance.js';
export { type Calibration, calibration } from './statistics/calibration.js';
export { meanAbsoluteError } from './statistics/absolute-error.js';
export { meanCorrelation } from './statistics/fisher.js';
export { slopeOnLog10 } from './statistics/log-slope.js';
export { wasserstein } from './statistics/distances/wasserstein.js';
export { jensenShannon } from './statistics/distances/jensen-shannon.js';
export { type MaskedMatrix, maskedMatrix } from './statistics/masked-matrix.js';
export { type LowRankCompletion, lowRankCompletion } from './statistics/completion/low-rank-completion.js';
export { createRandom, type RandomGenerator, randomPermutation } from './statistics/random.js';
export { loadMatrixBackend, type MatrixBackend } from './statistics/matrix-backend.js';
//    ... how sure a number is: intervals and tests
export type { Interval } from './statistics/student-t.js';
export { meanCorrelationInterval } from './statistics/intervals/mean-correlation-interval.js';
export { meanColumnCorrelationInterval } from './statistics/intervals/mean-column-correlation-interval.js';
export { leanInterval, pairedDifferenceInterval } from './statistics/intervals/difference-intervals.js';
export { groupBootstrap } from './statistics/bootstrap/group-bootstrap.js';
export { fisherMean, meanDifference, meanLean } from './statistics/bootstrap/correlation-statistics.js';
export { meanOfMatchedRows, permutationTest } from './statistics/hypothesis-tests/permutation-test.js';
export { seedPermutation } from './statistics/hypothesis-tests/seed-permutation.js';
export { welch } from './statistics/hypothesis-tests/welch.js';
export { benjaminiHochberg, holm } from './statistics/hypothesis-tests/multiple-testing.js';

// 8. analysis: how far model and people agree, and in what
export { agreement } from './analysis/agreement.js';
export type { Agreement, MeanInterval } from './analysis/agreement-record.js';
export { pairedComparison } from './analysis/paired-comparison.js';
export type { PairedComparison } from './analysis/paired-record.js';
export { itemMeansReference } from './analysis/references/item-means-reference.js';
export { type Reference, references } from './analysis/references/references.js';
export { type OptionOrderEffect, optionOrders } from './analysis/option-orders.js';
export { ownCountryRank } from './analysis/own-country-rank.js';
export { scoresByCategory } from './analysis/score-quantiles.js';
export { type CountryPair, countryPairs, type PairedScore } from './analysis/country-pairs.js';
export { type CountryLikeness, nearestCountries } from './analysis/nearest-countries.js';
export { type SamplingCeiling, samplingCeilings } from './analysis/sampling-ceiling.js';
//    ... what training has to do with it, and how far all this hangs on choices
export { type Arm, trainingAnalysis } from './analysis/training/training-analysis.js';
export type { TrainingAnalysis, TrainingFactor } from './analysis/training/training-record.js';
export { type SpecificationCurve, specificationCurve } from './analysis/robustness/specification-curve.js';
//    ... in models whose text is known
export { factorInput } from './analysis/mini-world/factors/factor-input.js';
export { sizeAnswer } from './analysis/mini-world/factors/size.js';
export { coverageAnswer } from './analysis/mini-world/factors/coverage.js';
export { languagesAnswer } from './analysis/mini-world/factors/languages.js';
export { alignmentAnswer } from './analysis/mini-world/factors/alignment.js';
export { syntheticAnswer } from './analysis/mini-world/factors/synthetic.js';
export { nullAnswer } from './analysis/mini-world/factors/null.js';

// 9. figures: what is seen, as plain plotly data
export { nextTokensFigure } from './figures/next-tokens.js';
export { answerSharesFigure } from './figures/answer-shares.js';
export { scoreScatterFigure } from './figures/score-scatter.js';
export { scoreBoxesFigure } from './figures/score-boxes.js';
export { rByPartFigure } from './figures/r-by-part.js';
export { rByCategoryFigure } from './figures/r-by-category.js';
export { countryTilesFigure } from './figures/country-tiles.js';
export { westernLeanFigure } from './figures/western-lean.js';
export { sizeCurveFigure } from './figures/size-curve.js';
export { seedArmsFigure } from './figures/seed-arms.js';
export { optionOrderFigure } from './figures/option-order.js';
export { specificationCurveFigure } from './figures/specification-curve.js';
export { truthAndEstimateFigure } from './figures/truth-and-estimate.js';
export { contrastsFigure } from './figures/contrasts.js';
export { chanceFigure } from './figures/chance.js';
export { type FigureInWords, figureInWords } from './figures/in-words/figure-in-words.js';
export type { PlotlyFigure } from './figures/plotly-figure.js';

// 10. runs: all of the above over a whole study, stored so that nothing is asked twice
export { openModelFolder } from './runs/models/open-model-folder.js';
export { openRecordedReadings } from './runs/recorded/recorded-source.js';
export type { OpenedModel } from './runs/models/model-source.js';
export { type Answers, ask, type Question } from './runs/ask.js';
export { firstTokenCheck } from './runs/first-token/first-token-check.js';
export type { FirstTokenCheck } from './runs/first-token/first-token-record.js';
export { loadStudy, makeStudy, type Study, type StudySettings } from './runs/study.js';
export { loadQuestionnaire } from './runs/questionnaire.js';
export type { ProgressListener, ProgressState } from './runs/progress.js';
export { runStudy } from './runs/run-study.js';
export { type Manifest, readManifest, readReadings } from './runs/store/index.js';
export { loadSurvey, type Survey } from './runs/survey.js';
export { type AnswersChoice, type LoadedAnswers, loadAnswers, loadReadings } from './runs/load-answers.js';
export { readSummary } from './runs/summary/read-summary.js';
export { realModelRows, type SavedSummaries, savedSummaries } from './runs/summary/saved-summaries.js';
export { summarise } from './runs/summary/summary.js';
export type { Summary } from './runs/summary/summary-record.js';
export { compareRuns, type RunComparison } from './runs/compare-runs.js';
export { recordRuns } from './runs/recorded/record-runs.js';
export { robustnessOfRun } from './runs/robustness/robustness-of-run.js';
export type { ModelRobustness } from './runs/robustness/model-robustness.js';
//    ... over published models: what is known of their training, and which can be compared for what
export {
  type CatalogueAnalysis,
  type CatalogueModel,
  findCatalogueModel,
  loadCatalogue,
  type ModelCatalogue,
} from './runs/models/catalogue/catalogue.js';
export { comparableModels } from './runs/models/catalogue/comparable-models.js';
//    ... as a table for R, pandas and spreadsheets
export { type ExportOutcome, type ExportRequest, exportReadings } from './runs/export/export-readings.js';
//    ... answered in lm-evaluation-harness or inspect_ai
export { exportLmEval } from './runs/export/lm-eval/export-lm-eval.js';
export { exportInspect } from './runs/export/inspect/export-inspect.js';
export { importLog } from './runs/import/logs/import-log.js';
export { inspectLog } from './runs/import/logs/inspect-log.js';
export { lmEvalLog } from './runs/import/logs/lm-eval-log.js';
//    ... with people of a survey's own file
export { type ImportOutcome, importHuman } from './runs/import/import-human.js';
export type { ImportRequest } from './runs/import/importer.js';
//    ... the instrument on models whose text is known
export { checkCard } from './runs/models/check-card.js';
export { loadRecipes, type MiniRecipes } from './runs/mini-world/recipes.js';
export { type LearningRateTrial, loadLearningRates } from './runs/mini-world/learning-rates.js';
export { loadMiniWorld } from './runs/mini-world/load-mini-world.js';
export { type MiniValidation, validateMini } from './runs/mini-world/validate-mini.js';

// The notebook's own door: figures, tables and progress inside a cell.
export { show, table } from './notebook/display.js';
export { armsOf, contrastRows } from './notebook/factor-rows.js';
export { ownContrastRows, ownModelRows } from './notebook/own-model-rows.js';
export { dataFrame } from './notebook/data-frame.js';
export { notebookProgress } from './notebook/progress.js';
export { fetchInNotebook } from './notebook/fetch-in-notebook.js';
export { studyInNotebook } from './notebook/study-in-notebook.js';
