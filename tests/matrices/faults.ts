import type { Fault, RequestRecord } from '../../source/practice/contract.ts';
import { hostileAnswers } from './hostile-answers.ts';
import { sparingMarks } from './marks.ts';

/** What a request is, as far as it matters to what may follow when it goes wrong. */
export type RequestClass = 'read' | 'review' | 'watch' | 'write' | 'exec' | 'job';

/** `recovers`: the run is done all the same. `either`: that depends on who asked, and on whether it had been done by then. */
type Expected = 'recovers' | 'fails' | 'either';

type FaultRow = Readonly<{ fault: Fault; expected: Partial<Readonly<Record<RequestClass, Expected>>> }>;

const status = (code: number, reason: string, retryAfterSeconds?: number): Fault => ({
	kind: 'status',
	code,
	reason,
	message: `the matrix says ${reason}`,
	...(retryAfterSeconds && { retryAfterSeconds }),
});

const raw = (contentType: string, body: string): Fault => ({ kind: 'raw', code: 200, contentType, body });

/** A cluster says something else than it did. What it is asked first it may well be believed; that it was paired, it is not. */
const hostile = (how: keyof typeof hostileAnswers) =>
	({
		fault: { kind: 'rewritten', rewrite: sparingMarks(hostileAnswers[how]) },
		expected: {
			read: 'either',
			review: 'either',
			watch: 'recovers',
			write: 'either',
			exec: 'either',
			job: 'either',
		},
	}) as const;

/**
 * What may become of one request, and with it of the run. Reads are tried again after passing faults; a write only when it was
 * turned away unseen, else it is looked for; an exec finds other pods; a job in an exec that is open already may be a write, and then is
 * looked for; without the watch a run looks by itself every few seconds.
 */
export const faults = {
	'connection refused': {
		fault: { kind: 'reset', when: 'before', afterBytes: 0 },
		// A read is sent again; a write might have been carried out, so it is looked for, and not found.
		expected: {
			read: 'recovers',
			review: 'recovers',
			watch: 'recovers',
			write: 'fails',
			exec: 'recovers',
			job: 'either',
		},
	},
	'answer lost': {
		fault: { kind: 'reset', when: 'after', afterBytes: 0 },
		// An exec breaks before its input has come: what takes all of it first has not run.
		expected: {
			read: 'recovers',
			review: 'recovers',
			watch: 'recovers',
			write: 'recovers',
			exec: 'either',
			job: 'either',
		},
	},
	'reset in mid-body': {
		fault: { kind: 'reset', when: 'after', afterBytes: 20 },
		expected: {
			read: 'recovers',
			review: 'recovers',
			watch: 'recovers',
			write: 'recovers',
			exec: 'recovers',
			job: 'recovers',
		},
	},
	'no answer, not done': {
		fault: { kind: 'hang', when: 'before' },
		expected: {
			read: 'either',
			review: 'either',
			watch: 'recovers',
			write: 'fails',
			exec: 'either',
			job: 'either',
		},
	},
	'no answer, yet done': {
		fault: { kind: 'hang', when: 'after' },
		expected: {
			read: 'either',
			review: 'either',
			watch: 'recovers',
			write: 'recovers',
			exec: 'either',
			job: 'either',
		},
	},
	'401': {
		fault: status(401, 'Unauthorized'),
		expected: {
			read: 'either',
			review: 'either',
			watch: 'recovers',
			write: 'fails',
			exec: 'either',
			job: 'either',
		},
	},
	'403': {
		fault: status(403, 'Forbidden'),
		expected: {
			read: 'either',
			review: 'either',
			watch: 'recovers',
			write: 'fails',
			exec: 'either',
			job: 'either',
		},
	},
	'404': {
		fault: status(404, 'NotFound'),
		expected: {
			read: 'either',
			review: 'either',
			watch: 'recovers',
			write: 'fails',
			exec: 'recovers',
			job: 'either',
		},
	},
	'409': {
		fault: status(409, 'Conflict'),
		expected: {
			read: 'either',
			review: 'either',
			watch: 'recovers',
			write: 'fails',
			exec: 'recovers',
			job: 'either',
		},
	},
	'429': {
		// Turned away before it was looked at, with the time to come again.
		fault: status(429, 'TooManyRequests', 1),
		expected: {
			read: 'recovers',
			review: 'recovers',
			watch: 'recovers',
			write: 'recovers',
			exec: 'recovers',
			job: 'either',
		},
	},
	'500': {
		fault: status(500, 'InternalError'),
		expected: {
			read: 'recovers',
			review: 'recovers',
			watch: 'recovers',
			write: 'fails',
			exec: 'recovers',
			job: 'either',
		},
	},
	'503': {
		fault: status(503, 'ServiceUnavailable'),
		expected: {
			read: 'recovers',
			review: 'recovers',
			watch: 'recovers',
			write: 'fails',
			exec: 'recovers',
			job: 'either',
		},
	},
	'a web page': {
		fault: raw('text/html', '<!doctype html><title>Sign in</title>'),
		expected: {
			read: 'either',
			review: 'either',
			watch: 'recovers',
			write: 'fails',
			exec: 'recovers',
			job: 'either',
		},
	},
	'half of the JSON': {
		fault: raw('application/json', '{"kind":"Status","apiVersion":"v1","meta'),
		expected: {
			read: 'either',
			review: 'either',
			watch: 'recovers',
			write: 'fails',
			exec: 'recovers',
			job: 'either',
		},
	},
	'a body that breaks off': {
		fault: { kind: 'truncate', bytes: 30 },
		expected: {
			read: 'recovers',
			review: 'recovers',
			watch: 'recovers',
			write: 'recovers',
			exec: 'recovers',
			job: 'recovers',
		},
	},
	'an exec that closes without a status': {
		fault: { kind: 'exec-cut-before', words: ' ended ' },
		expected: { exec: 'recovers', job: 'recovers' },
	},
	'an exec whose output is cut': {
		// Behind the lines with which its output begins.
		fault: { kind: 'exec-cut', afterBytes: 102 },
		expected: { exec: 'recovers', job: 'recovers' },
	},
	'control sequences': hostile('control sequences'),
	'40 MB': hostile('40 MB'),
	'never ending': hostile('never ending'),
	cut: hostile('cut'),
	'wrong type': hostile('wrong type'),
	'wrong shape': hostile('wrong shape'),
} as const satisfies Readonly<Record<string, FaultRow>>;

export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as readonly FaultName[];

/** undefined: such a request cannot go wrong like that. */
export const expectedOf = (name: FaultName, on: RequestClass): Expected | undefined =>
	(faults[name].expected as FaultRow['expected'])[on];

export function classOf({
	method,
	url,
	piece,
}: Pick<RequestRecord, 'method' | 'url' | 'piece'>): RequestClass {
	if (url.includes('/exec?')) {
		return piece === undefined ? 'exec' : 'job';
	}
	if (url.includes('/selfsubjectaccessreviews') || url.includes('dryRun=All')) {
		return 'review';
	}
	if (method !== 'GET') {
		return 'write';
	}
	return url.includes('watch=1') ? 'watch' : 'read';
}
