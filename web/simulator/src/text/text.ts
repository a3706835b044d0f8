/** A text of the page in both languages. `{name}` is filled in. Names of the API (`getConsent`, `pending`) are not translated. */
export type Text = readonly [english: string, indonesian: string];
