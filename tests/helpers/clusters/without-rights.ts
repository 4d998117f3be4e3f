import { vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../../source/practice/contract.ts';
import { resources } from '../../../source/practice/resources.ts';
import type { Ground } from '../program/ground.ts';

const account = { name: 'pairer', namespace: 'default' };
const token = { ...account, annotations: { 'kubernetes.io/service-account.name': account.name } };

/** What the API servers call the user of `withoutRights`. */
export const restrictedUser = `system:serviceaccount:${account.namespace}:${account.name}`;

/** From here on the kubeconfig of the ground logs in as a ServiceAccount that may do nothing, on both clusters. */
export async function withoutRights({ practice, sandbox }: Ground): Promise<void> {
	let { kubeconfig } = practice;
	for (const { store, token: administrators } of Object.values(practice.clusters)) {
		store.create(resources.serviceaccounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: account });
		store.create(resources.secrets, {
			...{ apiVersion: 'v1', kind: 'Secret', metadata: token },
			type: 'kubernetes.io/service-account-token',
		});
		const issued = await vi.waitUntil(() => tokenIn(store.get(resources.secrets, 'default', 'pairer')));
		kubeconfig = kubeconfig.replaceAll(administrators, Buffer.from(issued, 'base64').toString());
	}
	await sandbox.file('kubeconfig', kubeconfig);
}

const tokenIn = (secret: KubeObject | undefined): string | undefined =>
	(secret?.data as Readonly<{ token?: string }> | undefined)?.token;

/** An administrator applies a manifest with the user that it leaves open. */
export function applyRole({ practice }: Ground, side: 'source' | 'destination', manifest: string): void {
	const { store } = practice.clusters[side === 'source' ? 'east' : 'west'];
	for (const document of parseAllDocuments(manifest.replaceAll('USER', restrictedUser))) {
		const object = document.toJS() as KubeObject;
		const resource = Object.values(resources).find(({ kind }) => kind === object.kind);
		if (!resource) {
			throw new Error(`no resource of kind ${object.kind}`);
		}
		if (!store.get(resource, object.metadata.namespace, object.metadata.name)) {
			store.create(resource, object);
		}
	}
}
