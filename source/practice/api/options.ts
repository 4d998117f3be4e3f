import { badRequest, type Cause, invalid, tooLong, unsupportedValue } from './failures.ts';

const kinds: Readonly<Record<string, string>> = {
	create: 'CreateOptions',
	update: 'UpdateOptions',
	patch: 'PatchOptions',
	delete: 'DeleteOptions',
	deletecollection: 'DeleteOptions',
};

/** What a request asks for besides its object: a real server refuses what it does not understand there. */
export function checkOptions(query: URLSearchParams, verb: string): void {
	for (const name of ['limit', 'timeoutSeconds']) {
		const text = query.get(name);
		if (text && !/^-?\d+$/.test(text))
			throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
	}
	const kind = kinds[verb];
	if (kind === undefined) return;
	const causes = [
		...dryRunProblems(query.getAll('dryRun')),
		...managerProblems(query.get('fieldManager') ?? ''),
		...validationProblems(query.get('fieldValidation')),
	];
	if (causes.length > 0) throw invalid({ group: 'meta.k8s.io', kind }, '', causes);
}

type Causes = readonly Required<Cause>[];

export function dryRunProblems(values: readonly unknown[]): Causes {
	if (values.every(value => value === 'All')) return [];
	const shown = `[]string{${values.map(value => JSON.stringify(value)).join(', ')}}`;
	return [unsupportedValue('dryRun', shown, ['All'])];
}

function managerProblems(manager: string): Causes {
	return Buffer.byteLength(manager) > 128 ? [tooLong('fieldManager', 128)] : [];
}

function validationProblems(validation: string | null): Causes {
	const supported = ['Ignore', 'Strict', 'Warn'];
	if (!validation || supported.includes(validation)) return [];
	return [unsupportedValue('fieldValidation', JSON.stringify(validation), supported)];
}
