import { type Folder, folder, type Node } from '../pod/files.ts';

/** What one Portworx keeps: a volume's files by its name. */
export type Volumes = Map<string, Folder>;

/** Of all clusters, by Portworx's cluster UUID: one that spans two has one. */
export type AllVolumes = Map<string, Volumes>;

export function volumesOf(all: AllVolumes, uuid: string): Volumes {
	const volumes = all.get(uuid) ?? new Map<string, Folder>();
	all.set(uuid, volumes);
	return volumes;
}

export const emptyVolume = (): Folder => folder(0o777);

/** As a snapshot is: what is written to the one is not in the other. */
export const copyOf = (node: Folder): Folder => ({
	...node,
	entries: new Map([...node.entries].map(([name, entry]) => [name, copyOfNode(entry)])),
});

function copyOfNode(node: Node): Node {
	switch (node.kind) {
		case 'folder':
			return copyOf(node);
		case 'file':
			return { ...node, data: Buffer.from(node.data) };
		case 'link':
		case 'device':
			return { ...node };
	}
}
