import type { PairAnswers } from '../answers/answers.ts';
import { known, type StorkFacts } from '../clusters/cluster.ts';
import { learn } from '../clusters/find-facts.ts';
import { infrastructureType } from '../clusters/kubernetes.ts';
import { storageClassType } from '../clusters/migration-kinds.ts';
import type { World } from '../clusters/ports.ts';
import { adminNamespaceOf } from '../clusters/stork.ts';
import { defined } from '../words/json.ts';
import { both } from '../words/pair.ts';
import type { Proof } from './proof.ts';
import { chooseStorageClass } from './storage-class.ts';

export type ProofWishes = Readonly<{ storageClass?: string | undefined; image?: string | undefined }>;

/**
 * Reads what a proof depends on, and writes nothing.
 * @param nonce 32 hexadecimal digits
 * @throws PairingError when the source has no Stork, or no StorageClass that will do
 */
export async function chooseProof(
	world: World,
	pair: PairAnswers,
	nonce: string,
	{ storageClass, image }: ProofWishes = {},
): Promise<Proof> {
	const [stork, classes, ofDestination, theirs, portworx, assignsUsers] = await Promise.all([
		world.source.discovery.stork(),
		world.source.api.list(storageClassType),
		learn(world.destination.discovery.stork()),
		learn(world.destination.api.list(storageClassType)),
		learn(world.source.discovery.portworx()),
		both(world, ({ api }) =>
			learn(api.get(infrastructureType, 'cluster')).then(found => known(found) !== undefined),
		),
	]);
	const chosen = chooseStorageClass(classes ?? [], storageClass, world.source.context);
	const name = nameOf(nonce);
	const near = known(portworx);
	return {
		name,
		nonce,
		namespace: stork.adminNamespace === pair.namespace ? name : pair.namespace,
		storageClass: chosen,
		// Where that can't be read nothing is deleted for it.
		bringsClass: known(theirs)?.every(({ metadata }) => metadata.name !== chosen) ?? false,
		images: {
			source: image ?? imageOf(stork),
			destination: image ?? imageOf(known(ofDestination) ?? stork),
		},
		assignsUsers,
		...defined({ secured: near?.secured ? near.namespace : undefined }),
	};
}

/** As it most likely is, where what it depends on may not be read: enough to tell which rights it takes. */
export function likelyProof({ namespace }: PairAnswers, nonce: string): Proof {
	const name = nameOf(nonce);
	return {
		name,
		nonce,
		namespace: namespace === adminNamespaceOf([]) ? name : namespace,
		storageClass: 'unknown',
		bringsClass: false,
		images: { source: 'unknown', destination: 'unknown' },
		assignsUsers: { source: false, destination: false },
	};
}

const nameOf = (nonce: string): string => `pxpair-proof-${nonce.slice(0, 8)}`;

/**
 * Stork's image has a shell, and where Stork runs it can be pulled, also where nothing comes from the internet.
 * https://github.com/libopenstorage/stork/blob/master/Dockerfile
 */
const imageOf = ({ image }: StorkFacts): string =>
	image ?? 'registry.k8s.io/e2e-test-images/busybox:1.36.1-1';
