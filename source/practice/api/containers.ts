import type { KubeObject } from '../contract.ts';
import { badRequest } from './failures.ts';
import { listOf, recordOf } from './json.ts';

/** The one that is asked for by name; where none is, the only one. */
export function containerOf(pod: KubeObject, wanted: string): string {
	const { name } = pod.metadata;
	const names = listOf(recordOf(pod.spec).containers).map(item => String(item.name));
	if (wanted !== '' && !names.includes(wanted))
		throw badRequest(`container ${wanted} is not valid for pod ${name}`);
	if (wanted !== '') return wanted;
	const [first = '', ...others] = names;
	if (others.length === 0) return first;
	throw badRequest(`a container name must be specified for pod ${name}, choose one of: [${names.join(' ')}]`);
}
