import type { KubeObject } from '../contract.ts';
import type { Resource } from '../resources.ts';
import { badRequest } from './failures.ts';

export type Selector = (object: KubeObject) => boolean;

/** Both `labelSelector` and `fieldSelector` of a request. */
export function selectorOf(query: URLSearchParams, resource: Resource): Selector {
	const byLabels = labelSelector(query.get('labelSelector') ?? '');
	const byFields = fieldSelector(query.get('fieldSelector') ?? '', resource);
	return object => byLabels(object) && byFields(object);
}

/** `a=b`, `a!=b`, `a`, `!a`, `a in (b,c)`, `a notin (b,c)`, joined by commas. */
function labelSelector(text: string): Selector {
	const requirements = splitOutsideParentheses(text).map(labelRequirement);
	return ({ metadata }) => requirements.every(holds => holds(metadata.labels ?? {}));
}

/** `metadata.name=a,status.phase!=b`: equality only, as servers do. */
function fieldSelector(text: string, resource: Resource): Selector {
	const requirements = text
		.split(',')
		.filter(Boolean)
		.map(part => fieldRequirement(part, resource));
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

function fieldRequirement(text: string, resource: Resource): Selector {
	const [, path = '', operator = '', value = ''] = /^([^=!]+)(==|=|!=)(.*)$/.exec(text) ?? [];
	if (!path) throw badRequest(`invalid selector: '${text}'; can't understand '${text}'`);
	checkField(path, resource);
	const absent = ['spec.unschedulable', 'spec.hostNetwork'].includes(path) ? 'false' : '';
	return object => (String(valueAt(object, path.split('.')) ?? absent) === value) === (operator !== '!=');
}

/** Servers select by a few fields of each type and by no other. */
const selectable: Readonly<Record<string, RegExp>> = {
	events: /^(involvedObject\.\w+|reason|reportingComponent|source|type)$/,
	jobs: /^status\.successful$/,
	namespaces: /^status\.phase$/,
	nodes: /^spec\.unschedulable$/,
	pods: /^(spec\.(nodeName|restartPolicy|schedulerName|serviceAccountName|hostNetwork)|status\.(phase|podIP|podIPs|nominatedNodeName))$/,
	replicasets: /^status\.replicas$/,
	replicationcontrollers: /^status\.replicas$/,
	secrets: /^type$/,
};

function checkField(path: string, { plural, custom }: Resource): void {
	if (['metadata.name', 'metadata.namespace'].includes(path)) return;
	const own = custom ? undefined : selectable[plural];
	if (own?.test(path)) return;
	if (own || custom) throw badRequest(`field label not supported: ${path}`);
	throw badRequest(`"${path}" is not a known field selector: only "metadata.name", "metadata.namespace"`);
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
