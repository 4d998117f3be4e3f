import type { Endpoint, Mode, PairAnswers } from './answers.ts';
import { withMetadata, withStorageOptions } from './cluster-pair.ts';
import type { Direction } from './direction.ts';
import type { Branch, Manifest } from './manifest.ts';
import { ownLabels } from './ownership.ts';
import type { ClusterWorld, World } from './ports.ts';
import type { Secret } from './secret.ts';

/**
 * The ClusterPair as it should stand for one direction. What it is made of is remembered by the ports.
 * @param pair the answers for this direction
 */
export async function plannedPair(
	world: World,
	{ from, to }: Direction,
	pair: PairAnswers,
): Promise<Manifest> {
	const [generated, near] = await Promise.all([
		world[to].specGenerator.generate(pair.name, pair.namespace),
		world[from].discovery.portworx(),
	]);
	const filled =
		pair.storage === 'paired'
			? withStorageOptions(generated, await storageOptions(world[to], pair))
			: generated;
	return withMetadata(filled, {
		labels: ownLabels,
		...(near.secured && { annotations: authAnnotations(near.namespace) }),
	});
}

export async function storageOptions(
	{ discovery, pxctl }: ClusterWorld,
	pair: PairAnswers,
): Promise<{ endpoint: Endpoint; token: Secret; mode?: Mode }> {
	const [endpoint, token] = await Promise.all([
		pair.endpoint ?? discovery.endpoints().then(([best]) => best),
		pxctl.showClusterToken(),
	]);
	return { endpoint, token, ...(pair.mode && { mode: pair.mode }) };
}

/** With PX-Security, Stork needs to know which token to use with its own Portworx. */
export const authAnnotations = (namespace: string): Branch => ({
	'openstorage.io/auth-secret-name': 'px-admin-token',
	'openstorage.io/auth-secret-namespace': namespace,
});
