/**
 * What can be no key of any store, however it got there: a paste with its quotes, a line of a file with its name, a whole connection string.
 * @returns what it is instead, without quoting it
 */
export function notAKey(value: string): string | undefined {
	return forms.find(([sign]) => sign.test(value))?.[1];
}

/** Of an ID that a store made; of a secret, some have one. */
export const notAnId = (value: string): string | undefined =>
	notAKey(value) ?? (/\s/.test(value) ? 'there is a blank in it' : undefined);

const forms: readonly (readonly [RegExp, string])[] = [
	[/^(["'`]).*\1$/s, 'it is in quotes'],
	[/^\s*[[{]/, 'it is JSON'],
	[/\b(?:AccountKey|SharedAccessSignature)=/i, 'it is a connection string, of which the key is one part'],
	[/^\?|(?:^|&)sig=/, 'it is a shared access signature (SAS), not a key of the account'],
	[/^(?:export\s+)?[A-Za-z]+_\w+\s*[=:]/, 'it begins with the name of a variable'],
];
