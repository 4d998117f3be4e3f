import { ofAsked } from '../pairing/answers/store-fields.ts';
import { fields } from './field-texts.ts';
import type { QuestionId } from './question-ids.ts';
import { isField } from './questions.ts';

/** What a question is about. */
export const helpLines = (id: QuestionId): readonly string[] =>
	isField(id) ? [fields[id].what, fields[id].where, `Example: ${fields[id].example}`] : (others[id] ?? []);

const others: Readonly<Partial<Record<QuestionId, readonly string[]>>> = {
	...ofAsked(['choice'], ({ field }) => field.ask.help),
	source: [
		'The source is the cluster in which the applications run now. The ClusterPair object is made there.',
		'The list has every context of every kubeconfig file. Type to narrow it.',
	],
	destination: [
		'The destination is the cluster to which the applications should be able to go.',
		'The credentials of this context travel to the source, inside the ClusterPair: Stork there logs in with them.',
	],
	found: [
		'Both clusters are only looked at. The location pre-selects the object store and nothing else; it can be overruled.',
		'What would make the pairing fail is shown here, with the way out. A warning is no obstacle: it may hurt later.',
	],
	login: [
		"A pair carries credentials with which Stork logs in to the other cluster. Your own may end, or run a program that Stork's pod lacks; and whoever may read ClusterPairs there can use them.",
		'pxpair can make a ServiceAccount in kube-system, bind it to cluster-admin, and put its token into the pair. Undo takes all three away.',
	],
	direction: [
		'A ClusterPair leads one way. With one in each direction, applications can also be brought back.',
		'The one for the way back is made on the destination, under the same name, with the same object store.',
	],
	store: [
		'Volume data travels through an object store that both clusters use.',
		'The same credential is created on both, named after the destination: clusterPair_ and its cluster UUID.',
	],
	mode: ['How migrations through this pair copy volumes. Leave it to Portworx when in doubt.'],
};
