import type { Endpoint, Mode, PairAnswers } from './answers.ts';
import { withMetadata, withStorageOptions } from './cluster-pair.ts';
import type { Branch, Manifest } from './manifest.ts';
import { ownLabels } from './ownership.ts';
import type { World } from './ports.ts';
import type { Secret } from './secret.ts';

/** The ClusterPair as it should stand on the source. What it is made of is remembered by the ports. */
export async function plannedPair(world: World, pair: PairAnswers): Promise<Manifest> {
	const [generated, source] = await Promise.all([
		world.specGenerator.generate(pair.name, pair.namespace),
		world.source.discovery.portworx(),
	]);
	const filled =
		pair.storage === 'paired' ? withStorageOptions(generated, await storageOptions(world, pair)) : generated;
	return withMetadata(filled, {
		labels: ownLabels,
		...(source.secured && { annotations: authAnnotations(source.namespace) }),
	});
}

export async function storageOptions(
	world: World,
	pair: PairAnswers,
): Promise<{ endpoint: Endpoint; token: Secret; mode?: Mode }> {
	const [endpoint, token] = await Promise.all([
		pair.endpoint ?? world.destination.discovery.endpoints().then(([best]) => best),
		world.destination.pxctl.showClusterToken(),
	]);
	return { endpoint, token, ...(pair.mode && { mode: pair.mode }) };
}

/** With PX-Security, Stork needs to know which token to use with its own Portworx. */
export const authAnnotations = (namespace: string): Branch => ({
	'openstorage.io/auth-secret-name': 'px-admin-token',
	'openstorage.io/auth-secret-namespace': namespace,
});
