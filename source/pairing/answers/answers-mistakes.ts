import type * as z from 'zod';
import { inputError, type PairingError } from '../words/problem.ts';
import { startWith } from '../words/way.ts';
import { allFields } from './store-fields.ts';

/** Where it is, what was found, what is allowed. */
export function describeIssue(issue: z.core.$ZodIssue, root: unknown): string[] {
	const path = issue.path.join('.') || 'the file';
	if (issue.code === 'unrecognized_keys') {
		return issue.keys.map(key => `${issue.path.concat(key).join('.')}: unknown field`);
	}
	const found = describeFound(valueAt(root, issue.path), issue.path);
	const allowed = issue.code === 'invalid_type' ? typeName(issue.expected) : allowedBy(issue);
	return [`${path}: found ${found}; allowed: ${allowed}`];
}

function allowedBy(issue: z.core.$ZodIssue): string {
	switch (issue.code) {
		case 'invalid_value':
			return issue.values.map(value => JSON.stringify(value)).join(', ');
		case 'too_small':
			return isCounted(issue.origin) ? `at least ${issue.minimum}` : issue.message;
		case 'too_big':
			return isCounted(issue.origin) ? `at most ${issue.maximum}` : issue.message;
		default:
			return issue.message;
	}
}

/** Of texts and lists it is said what they should be, and not how long. */
const isCounted = (origin: string): boolean => origin !== 'string' && origin !== 'array';

/** What is found is shown where it can hardly be a secret in the wrong place. */
function describeFound(value: unknown, path: readonly PropertyKey[]): string {
	if (value === undefined || value === null) {
		return 'nothing';
	}
	if (typeof value === 'object') {
		return Array.isArray(value) ? 'a list' : 'a mapping';
	}
	const isText = typeof value === 'string';
	if (mayBeSecret(path) || (isText && /\/\/[^/]*@/.test(value))) {
		return isText ? 'a text (not shown)' : 'a value (not shown)';
	}
	return isText ? JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value) : String(value);
}

/** A key is easily pasted one line too high, or a file that holds nothing else named in place of the answers file. */
function mayBeSecret(path: readonly PropertyKey[]): boolean {
	const field = String(path.at(-1) ?? '');
	return (
		path.length === 0 ||
		(path[0] === 'objectStore' && !choices.has(field)) ||
		/key|secret|token|password/i.test(path.join('.'))
	);
}

/** Fields of the object store that take one of a few words. */
const choices: ReadonlySet<string> = new Set([
	'provider',
	...allFields.filter(({ kind }) => kind === 'choice' || kind === 'switch').map(({ name }) => name),
]);

/** As YAML calls it. */
const typeName = (type: string): string => typeNames[type] ?? `a ${type}`;
const typeNames: Readonly<Record<string, string>> = {
	object: 'a mapping',
	array: 'a list',
	int: 'a whole number',
};

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
	return path.reduce<unknown>(
		(value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
		root,
	);
}

/** An answers file with all its mistakes. */
export function fileError(fileName: string, mistakes: readonly string[]): PairingError {
	return inputError({
		id: 'answers-file-invalid',
		title: `${fileName} can't be used as an answers file`,
		evidence: mistakes.join('\n'),
		remedies: [
			'Fix the fields listed above; docs/answers.schema.json describes the file.',
			...(mistakes.some(mistake => /^(source|destination): found nothing/.test(mistake))
				? [
						startWith('Or name the contexts beside it', '--source CONTEXT --destination CONTEXT'),
						startWith('Or use the practice clusters', '--practice'),
					]
				: []),
		],
	});
}
