import type { Fault, RequestRecord } from '../../../source/practice/contract.ts';
import { hostileAnswers } from '../hostile/hostile-answers.ts';
import { sparingMarks } from '../marks.ts';

/** What a request is, as far as it matters to what may follow when it goes wrong. */
export type RequestClass = 'read' | 'review' | 'watch' | 'write' | 'exec' | 'job';

/** `recovers`: the run is done anyway. `either`: that depends on who asked, and on whether it had been done by then. */
type Expected = 'recovers' | 'fails' | 'either';

type FaultRow = Readonly<{ fault: Fault; expected: Partial<Readonly<Record<RequestClass, Expected>>> }>;

/** A passing fault that may have met a write: reads are asked again, a write is not sent twice. */
const passing = {
	read: 'recovers',
	review: 'recovers',
	watch: 'recovers',
	write: 'fails',
	exec: 'recovers',
	job: 'either',
} as const;

/** An answer that asking again doesn't change: what it means depends on who asked. */
const lasting = { ...passing, read: 'either', review: 'either' } as const;

/** What was done is done, and is found when it is looked for. */
const harmless = { ...passing, write: 'recovers', job: 'recovers' } as const;

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
		expected: { ...lasting, write: 'either', exec: 'either' },
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
		expected: passing,
	},
	'answer lost': {
		fault: { kind: 'reset', when: 'after', afterBytes: 0 },
		// An exec breaks before its input has come: what takes all of it first has not run.
		expected: { ...passing, write: 'recovers', exec: 'either' },
	},
	'reset in mid-body': {
		fault: { kind: 'reset', when: 'after', afterBytes: 20 },
		expected: harmless,
	},
	'no answer, not done': {
		fault: { kind: 'hang', when: 'before' },
		expected: { ...lasting, exec: 'either' },
	},
	'no answer, yet done': {
		fault: { kind: 'hang', when: 'after' },
		expected: { ...lasting, write: 'recovers', exec: 'either' },
	},
	'401': {
		fault: status(401, 'Unauthorized'),
		expected: { ...lasting, exec: 'either' },
	},
	'403': {
		fault: status(403, 'Forbidden'),
		expected: { ...lasting, exec: 'either' },
	},
	'404': {
		fault: status(404, 'NotFound'),
		expected: lasting,
	},
	'409': {
		fault: status(409, 'Conflict'),
		expected: lasting,
	},
	'429': {
		// Turned away before it was looked at, with the time to come again.
		fault: status(429, 'TooManyRequests', 1),
		expected: { ...passing, write: 'recovers' },
	},
	'500': {
		fault: status(500, 'InternalError'),
		expected: passing,
	},
	'503': {
		fault: status(503, 'ServiceUnavailable'),
		expected: passing,
	},
	'a web page': {
		fault: raw('text/html', '<!doctype html><title>Sign in</title>'),
		expected: lasting,
	},
	'half of the JSON': {
		fault: raw('application/json', '{"kind":"Status","apiVersion":"v1","meta'),
		expected: lasting,
	},
	'a body that breaks off': {
		fault: { kind: 'truncate', bytes: 30 },
		expected: harmless,
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
