import { refuse } from './fault.ts';

/** The bytes of UTF-8, as Go sends them: Node would refuse some letters, and send others as Latin-1. */
export function headerValue(value: string, what: string): string {
	return /\p{Cc}/u.test(value.replaceAll('\t', ''))
		? refuse(`${what} holds a line break or a control character: write it on one line`)
		: Buffer.from(value).toString('latin1');
}
