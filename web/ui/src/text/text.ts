/** A text in both languages. `{name}` is replaced by a value. Names of the API (`getConsent`, `pending`) are not translated. */
export type Text = readonly [english: string, indonesian: string];

export type Language = "en" | "id";
