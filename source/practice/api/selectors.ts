import type { KubeObject } from '../contract.ts';
import { badRequest } from './failures.ts';

export type Selector = (object: KubeObject) => boolean;

/** Both `labelSelector` and `fieldSelector` of a request. */
export function selectorOf(query: URLSearchParams): Selector {
	const byLabels = labelSelector(query.get('labelSelector') ?? '');
	const byFields = fieldSelector(query.get('fieldSelector') ?? '');
	return object => byLabels(object) && byFields(object);
}

/** `a=b`, `a!=b`, `a`, `!a`, `a in (b,c)`, `a notin (b,c)`, joined by commas. */
function labelSelector(text: string): Selector {
	const requirements = splitOutsideParentheses(text).map(labelRequirement);
	return ({ metadata }) => requirements.every(holds => holds(metadata.labels ?? {}));
}

/** `metadata.name=a,status.phase!=b`: equality only, as servers do. */
function fieldSelector(text: string): Selector {
	const requirements = text.split(',').filter(Boolean).map(fieldRequirement);
	return object => requirements.every(holds => holds(object));
}

type Labels = Readonly<Record<string, string>>;

const key = '([\\w./-]+)';
const setBased = new RegExp(`^${key}\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const equality = new RegExp(`^${key}\\s*(==|=|!=)\\s*([\\w.-]*)$`);
const existence = new RegExp(`^(!?)\\s*${key}$`);

function labelRequirement(text: string): (labels: Labels) => boolean {
	const [, setLabel = '', setOperator, list = ''] = setBased.exec(text) ?? [];
	if (setOperator) {
		const values = list.split(',').map(value => value.trim());
		return labels => values.includes(labels[setLabel] ?? '\0') === (setOperator === 'in');
	}
	const [, label = '', operator, value] = equality.exec(text) ?? [];
	if (operator) return labels => (labels[label] === value) === (operator !== '!=');
	const [, not, wanted = ''] = existence.exec(text) ?? [];
	if (not !== undefined) return labels => wanted in labels === (not === '');
	throw badRequest(
		`unable to parse requirement: found '${text}', expected: an equality or set-based requirement`,
	);
}

function fieldRequirement(text: string): Selector {
	const [, path = '', operator = '', value = ''] = /^([^=!]+)(==|=|!=)(.*)$/.exec(text) ?? [];
	if (!path) throw badRequest(`invalid selector: '${text}'; can't understand '${text}'`);
	return object => (String(valueAt(object, path.split('.')) ?? '') === value) === (operator !== '!=');
}

function valueAt(value: unknown, path: readonly string[]): unknown {
	const [field, ...rest] = path;
	if (field === undefined || typeof value !== 'object' || value === null) return value;
	return valueAt((value as Record<string, unknown>)[field], rest);
}

function splitOutsideParentheses(text: string): string[] {
	return text
		.split(/,(?![^(]*\))/)
		.map(part => part.trim())
		.filter(Boolean);
}
