import type { PxctlSettings } from './settings.ts';

/** What `pxctl status` prints. Tabs, and the lines that came and went with versions, are as in the real one. */
export function statusText(settings: PxctlSettings): string {
	return settings.health === 'maintenance'
		? lines(
				'PX is in maintenance mode.  Use the service mode option to exit maintenance mode.',
				`Node ID: ${nodeId(settings.nodes[0] ?? '')}`,
				'\tIP: 127.0.0.1',
			)
		: lines(
				'Status: PX is operational',
				...(atLeast(settings, 2, 9) ? ['Telemetry: Disabled or Unhealthy'] : []),
				...(atLeast(settings, 2, 11) ? ['Metering: Disabled or Unhealthy'] : []),
				`License: ${licenses[settings.license].status}`,
				`Node ID: ${nodeId(settings.nodes[0] ?? '')}`,
				'\tIP: 127.0.0.1',
				' \tLocal Storage Pool: 1 pool',
				'\tPOOL\tIO_PRIORITY\tRAID_LEVEL\tUSABLE\tUSED\tSTATUS\tZONE\tREGION',
				'\t0\tHIGH\t\traid0\t\t150 GiB\t9.2 GiB\tOnline\tpractice\tpractice',
				'\tLocal Storage Devices: 1 device',
				'\tDevice\tPath\t\tMedia Type\t\tSize\t\tLast-Scan',
				'\t0:1\t/dev/practice\tSTORAGE_MEDIUM_SSD\t150 GiB\t\t01 Jan 26 00:00 UTC',
				'Cluster Summary',
				`\tCluster ID: ${settings.clusterName}`,
				`\tCluster UUID: ${settings.uuid}`,
				'\tScheduler: kubernetes',
				`\tNodes: ${settings.nodes.length} node(s) with storage (${settings.nodes.length} online)`,
				...nodeTable(settings),
				'Global Storage Pool',
				`\tTotal Used    \t:  ${9 * settings.nodes.length} GiB`,
				`\tTotal Capacity\t:  ${150 * settings.nodes.length} GiB`,
			);
}

function nodeTable(settings: PxctlSettings): string[] {
	const auth = atLeast(settings, 2, 6);
	const head = [
		'IP',
		'ID',
		'SchedulerNodeName',
		...(auth ? ['Auth'] : []),
		'StorageNode',
		'Used',
		'Capacity',
	];
	return [
		`\t${[...head, 'Status', 'StorageStatus', 'Version', 'Kernel', 'OS'].join('\t')}`,
		...settings.nodes.map((node, index) => {
			const cells = [
				'127.0.0.1',
				nodeId(node),
				node,
				...(auth ? [settings.adminToken ? 'Enabled' : 'Disabled'] : []),
			];
			const up = index === 0 ? 'Up (This node)' : 'Up';
			return `\t${[...cells, 'Yes', '9.2 GiB', '150 GiB', 'Online', up, `${settings.version}-practice`, '6.8.0-practice', 'Practice Linux'].join('\t')}`;
		}),
	];
}

/** What `pxctl status -j` prints, as far as the shape of the real answer is known. */
export function statusJson(settings: PxctlSettings): string {
	const nodes = settings.nodes.map(node => ({
		Id: nodeId(node),
		Disks: { '/dev/practice': { size: 161061273600 } },
		NodeData: { 'STORAGE-RUNTIME': { Usage: { TotalAllocated: 9878424780 } } },
	}));
	const status = settings.health === 'running' ? 'STATUS_OK' : 'STATUS_MAINTENANCE';
	return lines(JSON.stringify({ status, cluster: { Nodes: nodes } }, undefined, 1));
}

/** `allows`: migrations and disaster recovery, which is what pairing is for. */
const licenses = {
	enterprise: {
		status: 'PX-Enterprise (expires in 364 days)',
		product: 'PX-Enterprise',
		expires: '364 days',
		nodes: 1000,
		allows: 'yes',
	},
	'trial-ending': {
		status: 'Trial (expires in 3 days)',
		product: 'Trial',
		expires: '3 days',
		nodes: 1000,
		allows: 'yes',
	},
	essential: {
		status: 'PX-Essential (lease renewal in 23h, 31m)',
		product: 'PX-Essential',
		expires: 'lease renewal in 23h, 31m',
		nodes: 5,
		allows: 'no',
	},
} as const;

export function licenseText({ license }: PxctlSettings): string {
	const { product, expires, nodes, allows } = licenses[license];
	return lines(
		'DESCRIPTION                                              \tENABLEMENT\tADDITIONAL INFO',
		`Number of nodes maximum                                  \t  ${String(nodes).padStart(4)}`,
		`Cluster-level migration [Kube-motion/Data Migration]     \t  ${allows.padStart(4)}`,
		`Disaster Recovery [PX-DR]                                \t  ${allows.padStart(4)}`,
		'PRODUCT NAME\tVALIDITY\tEXPIRY DATE',
		`${product} (practice)\t${expires}`,
	);
}

/** Portworx's own ID of a node: a UUID in shape, the same at every start. */
export function nodeId(node: string): string {
	const hex = Buffer.from(node.padEnd(16, '.')).toString('hex').slice(-32);
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Whether the version is older than that. */
export const tooOldFor = (settings: PxctlSettings, ...wanted: number[]): boolean =>
	!atLeast(settings, ...wanted);

function atLeast({ version }: PxctlSettings, ...wanted: number[]): boolean {
	const parts = version.split('.').map(Number);
	for (const [index, number] of wanted.entries()) {
		const part = parts[index] ?? 0;
		if (part !== number) {
			return part > number;
		}
	}

	return true;
}

function lines(...texts: string[]): string {
	return `${texts.join('\n')}\n`;
}
