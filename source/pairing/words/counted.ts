/** `1 error`, `2 errors`. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** `2 errors, 1 warning`; empty where there are none. */
export const countsOf = (errors: number, warnings: number): string =>
	[errors > 0 && counted(errors, 'error'), warnings > 0 && counted(warnings, 'warning')]
		.filter(Boolean)
		.join(', ');

/** The first of them, and how many more there are. */
export const listed = (names: readonly string[], most: number): string =>
	`${names.slice(0, most).join(', ')}${names.length > most ? `, and ${names.length - most} more` : ''}`;
