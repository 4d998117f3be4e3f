import type { PodNetwork } from '../pod-network/pod-network.ts';
import type { PortworxEndpoint } from '../portworx-endpoint.ts';
import type { PxctlState } from '../pxctl/state.ts';
import type { Files } from './files.ts';
import type { Process, Program } from './process.ts';

/** One container that has a shell: what is in it lives in the memory of this process, and nothing of this machine is. */
export type Container = Readonly<{
	/** Of the pod. */
	name: string;
	hostname: string;
	files: Files;
	environment: Readonly<Record<string, string>>;
	processes: Map<number, Process>;
	nextPid(): number;
	/** Milliseconds since 1970, by the clock of its node. */
	now(): number;
	network: PodNetwork;
	/** The Portworx of the cluster, where this is one of its pods. */
	portworx: PxctlState | undefined;
	/** What the management endpoint on the pod's node does for `pxctl cluster pair create`. */
	pairWith: PortworxEndpoint['pairWith'];
	/** What is found by the name in a file that stands for a binary. */
	programs: Readonly<Record<string, Program>>;
}>;
