import { counted } from '../../pairing/words/counted.ts';

/** Seconds. A server that asks for more has no such time in mind. */
const longest = 365 * 24 * 60 * 60;

/**
 * When a server asks to be asked again (RFC 9110, 10.2.3): after so many seconds, or at a date, which counts from the server's own.
 * @returns seconds; undefined when it says nothing that can be obeyed
 */
export function retryAfterOf(
	headers: Readonly<{ 'retry-after'?: string | undefined; date?: string | undefined }>,
): number | undefined {
	const told = headers['retry-after']?.trim() ?? '';
	const seconds = /^\d+$/.test(told)
		? Number(told)
		: Math.max(0, (httpDate(told) - httpDate(headers.date ?? '')) / 1000);
	return seconds <= longest ? seconds : undefined;
}

/** Milliseconds; NaN for what is no date of HTTP. `Date.parse` alone takes -1 for a year. */
const httpDate = (text: string): number => (/^\w+, .* GMT$/.test(text) ? Date.parse(text) : Number.NaN);

/** Rounded up, in a unit of which it is exactly one, or two or more. */
export function inWords(seconds: number): string {
	const [size, unit] = units.find(([size]) => seconds >= 2 * size || seconds === size) ?? [1, 'second'];
	const count = Math.max(1, Math.ceil(seconds / size));
	return counted(count, unit);
}

const units: readonly (readonly [size: number, unit: string])[] = [
	[24 * 60 * 60, 'day'],
	[60 * 60, 'hour'],
	[60, 'minute'],
];
