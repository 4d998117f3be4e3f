import type { ClusterPlan } from '../../../source/practice/cluster-plan.ts';
import type { ClosedToPods, ExecProcess, ExecRequest } from '../../../source/practice/contract.ts';
import { createObjectStore } from '../../../source/practice/object-store.ts';
import { type ClusterPods, createClusterPods } from '../../../source/practice/pod/cluster-pods.ts';
import type { Files } from '../../../source/practice/pod/files.ts';
import { createPodNetwork } from '../../../source/practice/pod-network/pod-network.ts';
import { refusedBy } from '../../../source/practice/pxctl/refused.ts';
import type { PxctlSettings } from '../../../source/practice/pxctl/settings.ts';
import { createPxctlState, type PxctlState } from '../../../source/practice/pxctl/state.ts';
import { resources } from '../../../source/practice/resources.ts';

export type TestPods = Pick<ClusterPods, 'runner' | 'running' | 'close'> &
	Readonly<{
		files(pod: string): Files;
		start(command: readonly string[], changes?: Partial<ExecRequest>): ExecProcess;
		/** Without standard input unless there is one, which then ends. */
		run(command: readonly string[] | string, input?: string): Promise<Ran>;
	}>;

export type Ran = Readonly<{ code: number | string; stdout: string; stderr: string }>;

type Options = Partial<Pick<ClusterPlan, 'curl' | 'clockAhead'>> &
	Readonly<{
		portworx?: PxctlState;
		pods?: readonly string[];
		closedToPods?: ClosedToPods;
		openToPods?: ReadonlySet<number>;
	}>;

/** Portworx pods without a cluster around them; commands run in the first. */
export function testPods(options: Options = {}): TestPods {
	const {
		curl = 'there',
		clockAhead = 0,
		portworx = createPxctlState(running),
		pods: names = ['pod'],
	} = options;
	const store = createObjectStore();
	for (const name of names) {
		const metadata = { name, namespace: 'portworx', labels: { name: 'portworx' } };
		store.create(resources.pods, { apiVersion: 'v1', kind: 'Pod', metadata, spec: {} });
	}
	const { closedToPods = new Map(), openToPods = new Set() } = options;
	const pods = createClusterPods({ curl, clockAhead }, store, {
		portworx,
		pairWith: () => Promise.reject(new Error('there is no other cluster')),
		network: createPodNetwork({
			closedToPods,
			openToPods,
			refused: () => refusedBy({ storeRefuses: undefined }),
		}),
	});
	const start: TestPods['start'] = (command, changes = {}) =>
		pods.runner({
			...{ namespace: 'portworx', pod: names[0] ?? '', container: 'portworx', command },
			...{ stdin: true, stdout: true, stderr: true, tty: false },
			...changes,
		});
	return {
		...pods,
		start,
		files(pod) {
			const files = pods.portworxFiles().get(pod);
			if (!files) throw new Error(`no pod ${pod}`);
			return files;
		},
		run(command, input) {
			const words = typeof command === 'string' ? ['sh', '-c', command] : command;
			const process = start(words, { stdin: input !== undefined });
			if (input !== undefined) process.stdin.write(Buffer.from(input));
			process.stdin.end();
			return finished(process);
		},
	};
}

export async function finished(process: ExecProcess): Promise<Ran> {
	const output: Uint8Array[] = [];
	const errors: Uint8Array[] = [];
	process.onStdout(chunk => void output.push(chunk));
	process.onStderr(chunk => void errors.push(chunk));
	const end = await process.done;
	return {
		code: end.kind === 'exited' ? end.code : end.message,
		stdout: Buffer.concat(output).toString(),
		stderr: Buffer.concat(errors).toString(),
	};
}

const running: PxctlSettings = {
	version: '3.1.6',
	uuid: 'u',
	clusterName: 'px-east',
	nodes: ['node'],
	port: 9001,
	health: 'running',
	podsDown: [],
	license: 'enterprise',
	adminToken: undefined,
	secretsEndpoint: 'open',
	storeRefuses: undefined,
	clusterToken: 'fresh',
};
