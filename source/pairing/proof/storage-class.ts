import type { StorageClassObject } from '../clusters/migration-kinds.ts';
import { shell } from '../words/command.ts';
import { fail } from '../words/problem.ts';
import { command, startWith } from '../words/way.ts';

/** As Stork knows Portworx's own. */
const provisioners: ReadonlySet<string> = new Set([
	'pxd.portworx.com',
	'com.openstorage.pxd',
	'kubernetes.io/portworx-volume',
]);

/**
 * The plainest of Portworx's StorageClasses, or the one that is named.
 * @param context of the source
 * @throws PairingError when there is none, or its volumes can't be removed or would not be copied
 */
export function chooseStorageClass(
	found: readonly StorageClassObject[],
	named: string | undefined,
	context: string,
): string {
	const fit = found.filter(one => unfitBecause(one) === undefined).toSorted(plainestFirst);
	if (named !== undefined) {
		const chosen = found.find(({ metadata }) => metadata.name === named);
		const because = chosen ? unfitBecause(chosen) : 'the source has no StorageClass of this name';
		return because === undefined
			? named
			: unfit(context, 'The StorageClass that was named cannot be used for a proof', [
					`${named}: ${because}`,
					...(fit.length > 0 ? [`those that can be used: ${namesOf(fit)}`] : []),
				]);
	}
	const own = found.filter(({ provisioner }) => provisioners.has(provisioner));
	const [best] = fit;
	return (
		best?.metadata.name ??
		unfit(
			context,
			'No StorageClass of Portworx on the source can be used for a proof',
			own.map(one => `${one.metadata.name}: ${unfitBecause(one)}`),
		)
	);
}

const namesOf = (classes: readonly StorageClassObject[]): string =>
	classes.map(({ metadata }) => metadata.name).join(', ');

function unfitBecause({ provisioner, parameters, reclaimPolicy }: StorageClassObject): string | undefined {
	if (!provisioners.has(provisioner)) {
		return `its provisioner ${provisioner} is not Portworx's`;
	}
	if ((reclaimPolicy ?? 'Delete') !== 'Delete') {
		return `its reclaim policy is ${reclaimPolicy}, so the proof's volume would remain`;
	}
	const { backend, proxy_endpoint: proxy } = parameters ?? {};
	if (/^pure_/.test(backend ?? '') || proxy) {
		return 'Portworx does not copy its volumes: they are of another storage system';
	}
	return parameters?.secure === 'true'
		? 'its volumes are encrypted, which takes a key on both sides'
		: undefined;
}

const plainestFirst = (one: StorageClassObject, other: StorageClassObject): number =>
	Number(isDefault(other)) - Number(isDefault(one)) ||
	Number(isCsi(other)) - Number(isCsi(one)) ||
	Object.keys(one.parameters ?? {}).length - Object.keys(other.parameters ?? {}).length ||
	(one.metadata.name < other.metadata.name ? -1 : 1);

const isDefault = ({ metadata }: StorageClassObject): boolean =>
	metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
const isCsi = ({ provisioner }: StorageClassObject): boolean => provisioner === 'pxd.portworx.com';

const unfit = (context: string, title: string, evidence: readonly string[]): never =>
	fail({
		id: 'proof-class-unfit',
		title,
		side: 'source',
		evidence: evidence.join('; ') || 'there is none with a Portworx provisioner',
		remedies: [
			startWith('Name another one', '--storage-class NAME'),
			command('List those that exist', shell`kubectl --context ${context} get storageclasses`),
		],
	});
