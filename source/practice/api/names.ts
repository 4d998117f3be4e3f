import { randomInt } from 'node:crypto';
import type { Resource } from '../resources.ts';
import { invalid } from './failures.ts';

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

function nameProblems(resource: Resource, name: string): string[] {
	if (resource.group === 'rbac.authorization.k8s.io')
		return /[/%]/.test(name) || ['.', '..'].includes(name) ? [`may not contain '/' or '%'`] : [];
	const isLabel = ['namespaces', 'services'].includes(resource.plural) && !resource.custom;
	const longest = isLabel ? 63 : 253;
	const pattern = isLabel ? labelPattern : subdomainPattern;
	return [
		...(name.length > longest ? [`must be no more than ${longest} characters`] : []),
		...(new RegExp(`^${pattern}$`).test(name) ? [] : [isLabel ? labelRule : subdomainRule]),
	];
}
