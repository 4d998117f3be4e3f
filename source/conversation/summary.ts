import { isProvider } from '../pairing/answers/providers.ts';
import { fieldsOf, storeField } from '../pairing/answers/store-fields.ts';
import { type Plan, stepsOf } from '../pairing/step/step.ts';
import { counted } from '../pairing/words/counted.ts';
import { inSentence } from '../pairing/words/in-sentence.ts';
import { defined } from '../pairing/words/json.ts';
import { type Side, sides } from '../pairing/words/pair.ts';
import { said } from './found/facts-in-words.ts';
import { aheadOf, changedSoFar, warnings } from './found/found.ts';
import { proofOf, proofWords } from './found/proof.ts';
import { answerText, storeName } from './questions/answer-texts.ts';
import type { QuestionId } from './questions/question-ids.ts';
import { shortNames } from './questions/questions.ts';
import { defaulted } from './questions/sequence.ts';
import type { WizardState } from './wizard-state.ts';

/** What the review says before anything is run. */
export type Summary = Readonly<{
	/** How much is created, and that nothing has been yet. */
	headline: string;
	answers: readonly SummaryRow[];
	creates: readonly string[];
}>;

export type SummaryRow = Readonly<{
	label: string;
	side?: Side;
	value: string;
	/** What is known of it, or speaks against it. */
	remark?: Readonly<{ tone: 'info' | 'ok' | 'warning' | 'error'; text: string }>;
}>;

type Reviewed = Pick<WizardState, 'draft' | 'found' | 'proof' | 'ahead'>;

export function summaryOf(state: Reviewed, plan: Plan, standing: number): Summary {
	const changes = stepsOf(plan).filter(({ change }) => change !== undefined);
	const creates = changes.flatMap(({ change }) => (change ? [change.makes] : []));
	const clusters = new Set(changes.map(({ on }) => on)).size;
	const { draft } = state;
	return {
		headline: `${countLine(creates.length, clusters, state)}. ${changedSoFar(standing)}`,
		answers: [
			...sides.map(side => clusterRow(side, state)),
			{
				label: 'Pair',
				value: `${draft.texts.namespace ?? ''}/${draft.texts.name ?? ''}, ${draft.bothWays ? 'both ways' : 'one way'}`,
			},
			...(draft.storage === 'paired'
				? [
						{
							label: shortNames.store,
							value: storeText(state),
							...defined({ remark: proofWords(proofOf(state)) }),
						},
					]
				: []),
			loginRow(state),
			...otherRows(state),
		],
		creates,
	};
}

/** Objects that a look found as planned are not created again. */
function countLine(planned: number, clusters: number, state: Reviewed): string {
	const existing = (aheadOf(state)?.findings ?? []).filter(
		finding => finding.level === 'fact' && finding.id === 'holds-already',
	).length;
	const rest = Math.max(0, planned - existing);
	return `${counted(rest, 'object')} will be created on ${counted(clusters, 'cluster')}${existing === 0 ? '' : ` (${existing} already exist)`}`;
}

function clusterRow(side: Side, { draft, found }: Reviewed): SummaryRow {
	const { place, release } = said(found.facts[side], draft.location);
	const warned = warnings(found).filter(problem => problem.side === side).length;
	return {
		label: side === 'source' ? 'Source' : 'Destination',
		side,
		value: [draft[side] ?? '', place, `Portworx ${release}`].filter(text => text !== '').join(', '),
		...(found.isChecked && {
			remark:
				warned === 0
					? { tone: 'ok', text: 'checked' }
					: { tone: 'warning', text: counted(warned, 'warning') },
		}),
	};
}

function storeText({ draft }: Reviewed): string {
	const { store, texts } = draft;
	if (store === undefined || !isProvider(store)) {
		return 'none: not for production';
	}
	const typed = fieldsOf(store).flatMap(({ kind, id }) => (kind === 'text' && texts[id] ? [texts[id]] : []));
	return [storeName(draft), ...typed].join(', ');
}

function loginRow({ draft }: Reviewed): SummaryRow {
	const label = 'Login';
	return draft.login === 'service-account'
		? { label, value: answerText('login', draft) }
		: {
				label,
				value: `${answerText('login', draft)}, for ${draft.destination ?? ''}`,
				remark: { tone: 'warning', text: 'readable in the ClusterPair' },
			};
}

/** What was changed of the rest, and in one line what was not. */
function otherRows({ draft, found }: Reviewed): readonly SummaryRow[] {
	const others = defaulted(draft, found.facts).filter(
		id => !toldAlready.has(id) && storeField(id)?.kind !== 'text',
	);
	const isChanged = (id: (typeof others)[number]) =>
		Object.entries({ ...draft.texts, ...draft.secrets }).some(
			([name, { length }]) => name === id && length > 0,
		);
	// What a store may have besides is too much for one line.
	const usual = others.filter(id => !isChanged(id) && storeField(id) === undefined);
	return [
		...others.filter(isChanged).map(id => ({ label: shortNames[id], value: answerText(id, draft) })),
		...(usual.length === 0
			? []
			: [{ label: shortNames.defaults, value: usual.map(id => inSentence(shortNames[id])).join(', ') }]),
	];
}

const toldAlready: ReadonlySet<QuestionId> = new Set<QuestionId>(['namespace', 'name', 'login', 'direction']);
