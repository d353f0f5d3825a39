/** What must stand wherever numbers of the mini models are shown. */
export const MINI_NOT_REAL =
  'These models say nothing about real language models: they were trained on text that this project made up from the survey itself. ' +
  'What they show is whether the instrument finds what is known to be there.';
