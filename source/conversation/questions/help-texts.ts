import { authQuestion } from '../../pairing/answers/provider.ts';
import { ofAsked } from '../../pairing/answers/store-fields.ts';
import { fields } from './field-texts.ts';
import type { QuestionId } from './question-ids.ts';
import { isField } from './questions.ts';

/** What a question is about. */
export const helpLines = (id: QuestionId): readonly string[] =>
	isField(id) ? [fields[id].what, fields[id].where, `Example: ${fields[id].example}`] : (others[id] ?? []);

const others: Readonly<Partial<Record<QuestionId, readonly string[]>>> = {
	...ofAsked(['choice'], ({ field }) => field.ask.help),
	source: [
		'The source is the cluster in which the applications run now. The ClusterPair object is created there.',
		'The list has every context of every kubeconfig file. Type to filter it.',
	],
	destination: [
		'The destination is the cluster that applications can be migrated to.',
		'The ClusterPair on the source contains credentials for this cluster: Stork logs in with them.',
	],
	found: [
		'This check is read-only. The location only preselects the object store; you can override it.',
		'Problems that would make pairing fail are listed with a fix. Warnings do not block: they may cause trouble later.',
	],
	login: [
		"A pair contains credentials with which Stork logs in to the other cluster. Your own may expire, or need a program that Stork's pod lacks, and anyone who can read ClusterPairs there can use them.",
		'pxpair can create a ServiceAccount in kube-system, bind it to cluster-admin, and put its token into the pair. Undo deletes all three.',
	],
	direction: [
		'A ClusterPair works in one direction. With one in each direction, applications can also be migrated back.',
		'The one for the way back is created on the destination, under the same name, with the same object store.',
	],
	store: [
		'Volume data is copied through an object store that both clusters use.',
		'The same credential is created on both, named after the destination: clusterPair_ and its cluster UUID.',
	],
	keyless: authQuestion.help,
	defaults: [
		'These answers are right for most pairs. Choose one to change it; you come back here.',
		'All of them can also be changed from the review.',
	],
	review: [
		'The answers, and how much a run creates. Nothing is changed until you run it.',
		'Undo deletes everything that a run created. The steps show every command and manifest.',
	],
	mode: ['How migrations through this pair copy volumes. If in doubt, use the Portworx default.'],
};

/** What lies over a question, or is asked between two of them. */
export const asideHelp: Readonly<
	Record<
		'answers' | 'steps' | 'problems' | 'details' | 'file',
		Readonly<{ title: string; lines: readonly string[] }>
	>
> = {
	answers: {
		title: 'Your answers',
		lines: [
			'Choose the answer to change. Enter there returns to the review; all other answers are kept.',
			'Type to filter the list.',
		],
	},
	steps: {
		title: 'Steps',
		lines: [
			'Everything that a run does, in this order, with each command and manifest. Secrets are shown as dots.',
			'A step that changes something checks first, and leaves alone what is as planned.',
		],
	},
	problems: {
		title: 'Problems',
		lines: [
			'Errors would make pairing fail, so they block the run. Warnings do not block it.',
			'pxpair explain ID tells more about a problem. The id is in its last line.',
		],
	},
	details: {
		title: 'Details',
		lines: [
			'Everything that the checks found on both clusters, besides problems: versions, identities, licenses and what each pod reaches.',
			'pxpair check prints the same, also as JSON.',
		],
	},
	file: {
		title: 'Kubeconfig file',
		lines: [
			'The contexts of this file are added to the list, beside those of your usual kubeconfig.',
			'Nothing is copied or changed: the file is only read. Tab completes the path.',
		],
	},
};
