import type { Fault, RequestRecord } from '../../../source/practice/contract.ts';
import { type Canaries, canariesIn } from '../../helpers/canaries.ts';
import { endless, large } from '../hostile/hostile-answers.ts';
import { sparingMarks } from '../marks.ts';

/** An API server, or what precedes it, that repeats all that it was told; what is secret among it first, since texts are cut. */
export type Answer = (request: RequestRecord, secrets: Canaries) => Fault;

const json = (code: number, value: unknown): Fault => ({
	kind: 'raw',
	code,
	contentType: 'application/json',
	body: JSON.stringify(value),
});

const status = (code: number, reason: string, message: string): Fault =>
	json(code, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', reason, message, code });

export const answers = {
	'403 that quotes the request': (request, secrets) =>
		status(403, 'Forbidden', `not for you: ${wordsOf(request, secrets).join(' ')}`),
	'403 that quotes the whole body': request =>
		status(403, 'Forbidden', `${request.body} ${loginOf(request)}`),
	'403 whose reason is the request': (request, secrets) =>
		status(403, wordsOf(request, secrets).join(' '), 'no'),
	'422 that quotes values': (request, secrets) =>
		status(
			422,
			'Invalid',
			`it is invalid: ${wordsOf(request, secrets)
				.map(word => `spec: Invalid value: ${JSON.stringify(word)}`)
				.join(', ')}`,
		),
	'422 that quotes without quotes': (request, secrets) =>
		status(422, 'Invalid', `it is invalid: map[value:${wordsOf(request, secrets).join(' value:')}]`),
	'409 with a query': (request, secrets) =>
		status(409, 'Conflict', wordsOf(request, secrets).map(encodeURIComponent).join('&')),
	'500 page that quotes the request': (request, secrets) => ({
		kind: 'raw',
		code: 500,
		contentType: 'text/html',
		body: `<pre>${wordsOf(request, secrets).join('\n')}</pre>`,
	}),
	'half of the JSON': (request, secrets) => ({
		kind: 'raw',
		code: 200,
		contentType: 'application/json',
		body: `{"kind":"Status","message":${JSON.stringify(wordsOf(request, secrets).join(' '))}`,
	}),
	'JSON of another shape': (request, secrets) =>
		json(200, { kind: wordsOf(request, secrets), [wordsOf(request, secrets).join()]: 1 }),
	reset: () => ({ kind: 'reset', when: 'before', afterBytes: 0 }),
	'answer lost': () => ({ kind: 'reset', when: 'after', afterBytes: 20 }),
	'an exec that closes without a status': () => ({ kind: 'exec-cut', afterBytes: 102 }),
	'control sequences': (request, secrets) => refusal([messageOf(disguised(request, secrets).join(' '))]),
	'40 MB': (request, secrets) => {
		const words = wordsOf(request, secrets).join(' ');
		return refusal(['{"kind":"Status","message":"', ...large(JSON.stringify(words).slice(1, -1)), '"}']);
	},
	'never ending': (request, secrets) => refusal(endless(`${wordsOf(request, secrets).join('\n')}\n`)),
	cut: (request, secrets) =>
		refusal([
			messageOf(
				wordsOf(request, secrets)
					.flatMap(word => [word.slice(0, word.length * 0.7), word.slice(word.length * 0.3)])
					.join(' '),
			),
		]),
	'wrong type': (request, secrets) =>
		refusal([messageOf(wordsOf(request, secrets), { [wordsOf(request, secrets).join()]: 1 })]),
	'wrong shape': (request, secrets) =>
		refusal([JSON.stringify(wordsOf(request, secrets).map(word => [{ message: word, status: [word] }]))]),
} as const satisfies Readonly<Record<string, Answer>>;

export type AnswerName = keyof typeof answers;

export const answerNames = Object.keys(answers) as readonly AnswerName[];

/** An exec is let through, and says it as its output and as its status. */
const refusal = (parts: Iterable<string>): Fault => ({
	kind: 'rewritten',
	code: 403,
	rewrite: sparingMarks(() => parts),
});

const messageOf = (message: unknown, reason: unknown = 'Forbidden'): string =>
	JSON.stringify({ kind: 'Status', status: 'Failure', message, reason, code: 403 });

/** Hidden from the eye that searches, not from the one that reads what a terminal shows. */
const disguised = (request: RequestRecord, secrets: Canaries): readonly string[] =>
	wordsOf(request, secrets).flatMap(word =>
		['\u200B', '\u202E', '\u001B[1m', '\u0000', '\u009B0m'].map(sign => [...word].join(sign)),
	);

/** As many as fit into what is shown. */
function wordsOf(request: RequestRecord, secrets: Canaries): readonly string[] {
	const login = loginOf(request);
	const said = textsIn(parsed(request.body)).filter(text => canariesIn(text, secrets).length > 0);
	return [login, login.replace(/^\S+ /, ''), ...said, request.url, JSON.stringify(request.headers)].filter(
		Boolean,
	);
}

const loginOf = ({ headers }: RequestRecord): string => String(headers.authorization ?? '');

function parsed(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return body;
	}
}

const textsIn = (value: unknown): readonly string[] =>
	typeof value === 'string'
		? [value]
		: typeof value === 'object' && value !== null
			? Object.values(value).flatMap(textsIn)
			: [];
