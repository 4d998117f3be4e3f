import type { CurlCall, CurlResult } from './pods-curl.ts';

/** What the bash in a pod begins with, and how many arguments it has; texts with their lengths in bytes follow. */
export const spoken = 'curl';

/** undefined while there is more to come. */
export function spokenCall(bytes: Buffer): CurlCall | undefined {
	let at = 0;
	const line = (): string | undefined => {
		const end = bytes.indexOf('\n', at);
		const text = end < 0 ? undefined : bytes.toString('utf8', at, end);
		at = end + 1;
		return text;
	};
	const head = line();
	const count = Number(head?.slice(spoken.length));
	const texts: string[] = [];
	while (head !== undefined && texts.length < count + 2) {
		const length = line();
		if (length === undefined || at + Number(length) > bytes.length) {
			return undefined;
		}
		texts.push(bytes.toString('utf8', at, at + Number(length)));
		at += Number(length);
	}
	const [stdin, ca, ...args] = texts;
	return stdin === undefined || ca === undefined ? undefined : { args, stdin, ca };
}

/** Exit status, complaint (one line, mostly empty), and then what is printed. */
export const spokenAnswer = ({ code, stdout, stderr }: CurlResult): string =>
	`${code}\n${stderr.trimEnd().replaceAll('\n', ' ')}\n${stdout}`;
