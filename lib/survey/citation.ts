/** How the survey is cited, as data/survey/README.md asks for. */
export const SURVEY_CITATION =
  'Haerpfer, C., Inglehart, R., Moreno, A., Welzel, C., Kizilova, K., Diez-Medrano, J., Lagos, M., Norris, P., Ponarin, E. and ' +
  'Puranen, B. (eds.) 2022. World Values Survey: Round Seven - Country-Pooled Datafile Version 6.0. Madrid and Vienna: JD Systems ' +
  'Institute and WVSA Secretariat. doi:10.14281/18241.24.';

/** Under what terms the aggregates that ship may be passed on. */
export const SURVEY_TERMS =
  'Country aggregates of the World Values Survey: free for non-profit use with this citation (data/survey/README.md).';
