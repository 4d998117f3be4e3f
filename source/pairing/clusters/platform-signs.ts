import type { Infrastructure, NodeObject } from './kubernetes.ts';
import type { KubernetesSigns, PlatformRow } from './platform-row.ts';
import { platforms } from './platforms.ts';
import type { StorageCluster } from './portworx-kinds.ts';

/** Everything that may tell where a cluster runs. Absent is what could not be had. */
export type PlatformEvidence = Readonly<{
	/** undefined: they may not be listed. */
	nodes: readonly NodeObject[] | undefined;
	infrastructure?: Infrastructure | undefined;
	/** The API server's `gitVersion`. */
	version?: string | undefined;
	storageClusters?: readonly StorageCluster[] | undefined;
	/** The API server's address in the kubeconfig. */
	server?: string | undefined;
}>;

/** Something that fits a row of the table, short of a provider ID. */
export type Sign = Readonly<{
	row: PlatformRow;
	/** Where it was read: the nodes and the server speak for themselves, the others are set by people. */
	from: 'node' | 'version' | 'storage-cluster' | 'address';
	/** It says which Kubernetes this is, and not only what it runs on. */
	namesKubernetes: boolean;
	text: string;
}>;

/** The most trusted first. */
export function signsOf({ nodes = [], version, storageClusters, server }: PlatformEvidence): readonly Sign[] {
	const annotations = (storageClusters ?? []).map(({ metadata }) => metadata.annotations ?? {});
	const disks = (storageClusters ?? []).map(({ spec }) => spec?.cloudStorage?.provider?.toLowerCase());
	const host = hostOf(server);
	return [
		...signs('node', true, ({ kubernetes }) => markOn(nodes, kubernetes)),
		...signs('version', true, ({ kubernetes }) =>
			kubernetes?.version && version?.includes(kubernetes.version) ? `version ${version}` : undefined,
		),
		...signs('storage-cluster', true, ({ kubernetes }) => {
			const name = `portworx.io/${kubernetes?.annotation}`;
			const isSet = annotations.some(values => /^(1|t|true)$/i.test(values[name] ?? ''));
			return isSet ? `StorageCluster annotation ${name}` : undefined;
		}),
		...signs('storage-cluster', false, row =>
			row.disks && disks.includes(row.disks) ? `StorageCluster with disks of ${row.disks}` : undefined,
		),
		...signs('address', true, ({ kubernetes }) =>
			kubernetes?.hosts?.some(end => host.endsWith(end)) ? `API server ${host}` : undefined,
		),
	];
}

const signs = (
	from: Sign['from'],
	namesKubernetes: boolean,
	read: (row: PlatformRow) => string | undefined,
): readonly Sign[] =>
	platforms.flatMap(row => {
		const text = read(row);
		return text === undefined ? [] : [{ row, from, namesKubernetes, text }];
	});

function markOn(nodes: readonly NodeObject[], wanted: KubernetesSigns | undefined): string | undefined {
	const isMark = (name: string) => wanted?.marks?.some(start => name.startsWith(start)) === true;
	for (const { metadata, status } of nodes) {
		const label = Object.keys(metadata.labels ?? {}).find(isMark);
		const annotation = Object.keys(metadata.annotations ?? {}).find(isMark);
		const osImage = status?.nodeInfo?.osImage;
		if (label !== undefined) {
			return `label ${label}`;
		}
		if (annotation !== undefined) {
			return `node annotation ${annotation}`;
		}
		if (wanted?.osImage && osImage?.includes(wanted.osImage)) {
			return `osImage ${osImage}`;
		}
	}
	return undefined;
}

const hostOf = (server = ''): string => (URL.canParse(server) ? new URL(server).hostname : '');
