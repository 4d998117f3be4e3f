import { randomInt } from 'node:crypto';
import type { Resource } from '../resources.ts';
import { type Cause, invalid, invalidValue } from './failures.ts';
import { type Json, recordOf } from './json.ts';

const labelPattern = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomainPattern = `${labelPattern}(\\.${labelPattern})*`;

const labelRule = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${labelPattern}')`;
const subdomainRule = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomainPattern}')`;

/** Throws the 422 that a real server answers for a name it does not take. */
export function checkName(resource: Resource, name: string): void {
	if (name === '')
		throw invalid(resource, name, [
			{
				reason: 'FieldValueRequired',
				message: 'Required value: name or generateName is required',
				field: 'metadata.name',
			},
		]);
	const problems = nameProblems(resource, name);
	if (problems.length === 0) return;
	const causes = problems.map(problem => ({
		reason: 'FieldValueInvalid',
		message: `Invalid value: "${name}": ${problem}`,
		field: 'metadata.name',
	}));
	throw invalid(resource, name, causes);
}

/** A name from `generateName`, with the letters that Kubernetes uses: none that make words. */
export function generatedName(prefix: string): string {
	const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
	return prefix + Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** Of the names inside a Pod or a Service. */
export const labelProblems = (name: string): string[] => [
	...(name.length > 63 ? ['must be no more than 63 characters'] : []),
	...(new RegExp(`^${labelPattern}$`).test(name) ? [] : [labelRule]),
];

export const subdomainProblems = (name: string): string[] =>
	new RegExp(`^${subdomainPattern}$`).test(name) ? [] : [subdomainRule];

export const variableProblems = (name: string): string[] =>
	new RegExp(`^${environmentPattern}$`).test(name) ? [] : [variableRule];

function nameProblems(resource: Resource, name: string): string[] {
	if (resource.group === 'rbac.authorization.k8s.io')
		return /[/%]/.test(name) || ['.', '..'].includes(name) ? [`may not contain '/' or '%'`] : [];
	if (['namespaces', 'services'].includes(resource.plural) && !resource.custom) return labelProblems(name);
	return [...(name.length > 253 ? ['must be no more than 253 characters'] : []), ...subdomainProblems(name)];
}

const keyPattern = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const keyCharacters = `must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`;
const keyRule = `${keyCharacters} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${keyPattern}')`;
const variableRule = `a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')`;
const environmentPattern = '[-._a-zA-Z][-._a-zA-Z0-9]*';
const valueRule = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`;

/** What a server does not take among labels and the names of annotations. */
export function keyProblems(metadata: Json, prefix = 'metadata'): Required<Cause>[] {
	const labels = recordOf(metadata.labels);
	const annotations = recordOf(metadata.annotations);
	const refused = (field: string, value: string) => (why: string) => invalidValue(field, value, why);
	return [
		...Object.entries(labels).flatMap(([key, value]) => [
			...qualifiedNameProblems(key).map(refused(`${prefix}.labels`, key)),
			...valueProblems(String(value)).map(refused(`${prefix}.labels`, String(value))),
		]),
		...Object.keys(annotations).flatMap(key =>
			qualifiedNameProblems(key.toLowerCase()).map(refused(`${prefix}.annotations`, key)),
		),
	];
}

function valueProblems(value: string): string[] {
	return [
		...(value.length > 63 ? ['must be no more than 63 characters'] : []),
		...(new RegExp(`^(${keyPattern})?$`).test(value) ? [] : [valueRule]),
	];
}

/** https://github.com/kubernetes/apimachinery/blob/v0.31.4/pkg/util/validation/validation.go */
function qualifiedNameProblems(key: string): string[] {
	const [name = '', prefix, ...more] = key.split('/').toReversed();
	if (more.length > 0)
		return [
			`a qualified name ${keyRule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
		];
	return [
		...(prefix === '' ? ['prefix part must be non-empty'] : []),
		...(prefix && !new RegExp(`^${subdomainPattern}$`).test(prefix) ? [`prefix part ${subdomainRule}`] : []),
		...(name === '' ? ['name part must be non-empty'] : []),
		...(name.length > 63 ? ['name part must be no more than 63 characters'] : []),
		...(new RegExp(`^${keyPattern}$`).test(name) ? [] : [`name part ${keyRule}`]),
	];
}
