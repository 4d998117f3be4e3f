import { ofAsked } from '../../pairing/answers/store-fields.ts';
import type { WizardServices } from '../services.ts';
import type { FieldId, QuestionId } from './question-ids.ts';

type FieldText = Readonly<{ question: string; what: string; where: string; example: string }>;

/** With the name of Stork's admin namespace, where the check has found it. */
export const whatOf = (id: FieldId, adminNamespace: string | undefined): string =>
	id === 'namespace' && adminNamespace !== undefined
		? `The namespace to migrate, or ${adminNamespace}, Stork's admin namespace, to migrate any. Created if it does not exist.`
		: fields[id].what;

export const fields: Readonly<Record<FieldId, FieldText>> = {
	...ofAsked(['text', 'secret', 'key-file'], ({ field }) => field.ask),
	name: {
		question: 'What should the pair be called?',
		what: 'The name of the ClusterPair object on the source. Migrations refer to it.',
		where: 'Any name: lowercase letters, digits, hyphens and dots.',
		example: 'remotecluster',
	},
	namespace: {
		question: 'In which namespace should the pair be created?',
		what: "The namespace to migrate, or Stork's admin namespace to migrate any. Created if it does not exist.",
		where: 'Any name. Tab completes the namespaces of the source.',
		example: 'migrationnamespace',
	},
	pairEndpoint: {
		question: "Where do the source's nodes reach Portworx on the destination?",
		what: 'Address and port of a destination node or load balancer. Empty: detected.',
		where: 'Needed if the nodes have no address that the source can reach.',
		example: '203.0.113.7:9001',
	},
	server: {
		question: "Where does the source reach the destination's API server?",
		what: 'The address written into the pair. Empty: the one in your kubeconfig.',
		where: "Needed if that one works on this machine only. The server's certificate must cover it.",
		example: 'https://203.0.113.7:6443',
	},
	backEndpoint: {
		question: "Where do the destination's nodes reach Portworx on the source?",
		what: 'Address and port of a source node or load balancer, for the way back. Empty: detected.',
		where: 'Needed if the nodes have no address that the destination can reach.',
		example: '203.0.113.8:9001',
	},
	backServer: {
		question: "Where does the destination reach the source's API server?",
		what: 'The address written into the pair for the way back. Empty: the one in your kubeconfig.',
		where: "Needed if that one works on this machine only. The server's certificate must cover it.",
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
