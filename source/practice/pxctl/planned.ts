import { randomBytes } from 'node:crypto';
import type { ClusterPlan } from '../cluster-plan.ts';
import type { ObjectStore } from '../contract.ts';
import { nodeNames } from '../objects/nodes.ts';
import { isReady } from '../objects/pods.ts';
import { portworxClusterName } from '../objects/portworx-facts.ts';
import { resources } from '../resources.ts';
import { existingCredential } from './existing-credential.ts';
import { practiceKeyId } from './practice-key.ts';
import type { PxctlSettings } from './settings.ts';

/** How the Portworx of a plan begins. */
export function settingsOf(plan: ClusterPlan, adminToken: string | undefined): PxctlSettings {
	return {
		version: plan.portworxVersion,
		uuid: plan.uuid,
		clusterName: portworxClusterName(plan),
		nodes: nodeNames(plan),
		port: 0,
		health: plan.health,
		podsDown: [],
		license: plan.license,
		adminToken,
		secretsEndpoint: plan.secretsEndpoint,
		storeRefuses: refusedAccount(plan),
		clusterToken: plan.clusterToken,
	};
}

function refusedAccount(plan: ClusterPlan): string | undefined {
	if (plan.credential === 'refused-by-store') {
		return existingCredential(plan, plan.credential).account;
	}
	return plan.refusedKey === 'of-practice-answers' ? practiceKeyId : undefined;
}

export function unreadyNodes(plan: ClusterPlan): string[] {
	const count = { 'all-ready': 0, 'two-ready': 1, 'none-ready': 3 }[plan.pods];
	return nodeNames(plan).slice(0, count);
}

/** Portworx does not run where its pod is not Ready. */
export function podsNotReady(store: ObjectStore): string[] {
	return store
		.list(resources.pods)
		.filter(pod => pod.metadata.labels?.name === 'portworx' && !isReady(pod))
		.map(({ metadata }) => metadata.name);
}

/** A JWT in shape, as the operator leaves it in px-admin-token. */
export function adminTokenOf(name: string): string {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const claims = { sub: 'px-admin@practice', iss: name, jti: randomBytes(16).toString('hex') };
	return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.${randomBytes(32).toString('base64url')}`;
}
