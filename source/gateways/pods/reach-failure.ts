import type { ReachFailure } from '../../pairing/clusters/ports.ts';

/** curl's exit status, and what it said, as it came. */
type Failure = Readonly<{ code: number; words: string }>;

/** What a failure of curl amounts to; its manual page lists the numbers. Where one covers several causes, its words decide. */
export function causeOf({ code, words }: Failure): ReachFailure {
	switch (code) {
		case 6:
			return 'unknown-host';
		case 7:
			return failedConnects.find(({ sign }) => sign.test(words))?.cause ?? 'refused';
		case 28:
			return 'timeout';
		case 52:
		case 56:
			return 'reset';
		case 35:
			return /reset by peer/i.test(words) ? 'reset' : 'tls';
		default:
			return tlsCodes.has(code) ? 'tls' : 'other';
	}
}

const failedConnects: readonly Readonly<{ sign: RegExp; cause: ReachFailure }>[] = [
	{ sign: /timed out/i, cause: 'timeout' },
	{ sign: /no route to host|unreachable/i, cause: 'no-route' },
	{ sign: /name or service not known|not resolve|name resolution/i, cause: 'unknown-host' },
];

/** The certificate is not of the given CA, or there is no telling with the CA as it is. */
export const certificateFailed = ({ code }: Pick<Failure, 'code'>): boolean => certificateCodes.has(code);

const certificateCodes: ReadonlySet<number> = new Set([51, 60, 77, 83]);
const tlsCodes: ReadonlySet<number> = new Set([...certificateCodes, 53, 54, 58, 59, 64, 66, 80, 82, 90, 91]);
