import { ofAsked } from '../pairing/answers/store-fields.ts';
import type { FieldId, QuestionId } from './question-ids.ts';
import type { WizardServices } from './services.ts';

type FieldText = Readonly<{ question: string; what: string; where: string; example: string }>;

export const fields: Readonly<Record<FieldId, FieldText>> = {
	...ofAsked(['text', 'secret', 'key-file'], ({ field }) => field.ask),
	name: {
		question: 'What should the pair be called?',
		what: 'The ClusterPair object on the source. Migrations name their destination by it.',
		where: 'Yours to choose: small letters, digits, - and dots.',
		example: 'remotecluster',
	},
	namespace: {
		question: 'In which namespace should the pair live?',
		what: "The namespace to be migrated, or Stork's admin namespace to migrate any. Made where it does not exist.",
		where: 'Yours to choose. Tab completes the ones there are on the source.',
		example: 'migrationnamespace',
	},
	pairEndpoint: {
		question: "Where do the source's nodes reach Portworx on the destination?",
		what: 'Address and port of a destination node or load balancer. Empty: found by itself.',
		where: 'Give one when the nodes have no address that the source can reach.',
		example: '203.0.113.7:9001',
	},
	server: {
		question: "Where does the source reach the destination's API server?",
		what: 'The address that stands in the pair. Empty: the one in your kubeconfig.',
		where: 'Needed when that one means something on this machine alone. Its certificate has to be for it.',
		example: 'https://203.0.113.7:6443',
	},
	backEndpoint: {
		question: "Where do the destination's nodes reach Portworx on the source?",
		what: 'Address and port of a source node or load balancer, for the way back. Empty: found by itself.',
		where: 'Give one when the nodes have no address that the destination can reach.',
		example: '203.0.113.8:9001',
	},
	backServer: {
		question: "Where does the destination reach the source's API server?",
		what: 'The address that stands in the pair for the way back. Empty: the one in your kubeconfig.',
		where: 'Needed when that one means something on this machine alone. Its certificate has to be for it.',
		example: 'https://203.0.113.8:6443',
	},
};

const environmentFor: Readonly<Partial<Record<QuestionId, readonly string[]>>> = ofAsked(
	['text', 'secret', 'key-file'],
	({ field }) => field.environment ?? [],
);

/** Offered, never taken silently. */
export function offer(
	id: QuestionId,
	services: Pick<WizardServices, 'environment'>,
): Readonly<{ name: string; value: string }> | undefined {
	for (const name of environmentFor[id] ?? []) {
		const value = services.environment[name];
		if (value) {
			return { name, value };
		}
	}
	return undefined;
}
