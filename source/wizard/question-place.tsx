import { type ReactNode, useState } from 'react';
import { problemsOf } from '../conversation/found/found.ts';
import { isConversation } from '../conversation/offers/offer.ts';
import { asideHelp, helpLines } from '../conversation/questions/help-texts.ts';
import { saveManifests } from '../conversation/save-manifests.ts';
import { progressOf, type WizardState } from '../conversation/wizard-state.ts';
import { defined } from '../pairing/words/json.ts';
import { useArea } from '../ui/area.ts';
import type { FilterLeaves } from '../ui/components/filter-select.tsx';
import { Frame } from '../ui/components/frame.tsx';
import { hasPanes, Panes } from '../ui/components/panes.tsx';
import type { Binding } from '../ui/keys/bindings.ts';
import { Beside } from './beside.tsx';
import { HelpPage } from './help-page.tsx';
import { useCopying } from './hooks/use-copying.ts';
import { useHelp } from './hooks/use-help.ts';
import { useLeaving } from './hooks/use-leaving.ts';
import { keysAt } from './keys/keys-at.ts';
import type { Acts } from './keys/parts.ts';
import { type QuestionProps, QuestionScreen } from './question-screen.tsx';
import { titleOf } from './titles.ts';

/** The first two acts: the questions, and the plan that follows from the answers. */
export function QuestionPlace(props: QuestionProps): ReactNode {
	const { state } = props;
	const { source, destination } = state.draft;
	const [notices, say] = useNotices(state);
	const leaving = useLeaving(state, props.isPractice, props.onLeave);
	const isWide = hasPanes(useArea());
	const { notice, copy } = useCopying();
	const acts = { ...actsOf(props, say, leaving.leave), isWide };
	const [left, setLeft] = useState<FilterLeaves>('all');
	const own = withFilter(keysAt(state, acts), left);
	const aside = asideOf(state);
	const help = useHelp(own, aside === 'answers' || aside === 'file');
	const bindings = aside === undefined ? own : help.bindings;
	return (
		<Frame
			product="pxpair"
			title={titleOf(state)}
			progress={progressOf(state)}
			isPractice={props.isPractice}
			isTall
			names={defined({ source, destination })}
			notice={leaving.notice ?? (state.overlay === 'none' ? undefined : notice)}
			bindings={bindings}
		>
			{aside !== undefined && help.isHelping ? (
				<Panes>
					<HelpPage {...asideHelp[aside]} bindings={help.known} />
				</Panes>
			) : state.place.kind === 'question' && state.overlay === 'help' ? (
				<Panes>
					<HelpPage
						title={titleOf(state)}
						lines={[...helpLines(state.place.id), ...(state.place.id === 'source' ? [onReaches] : [])]}
						bindings={keysAt({ ...state, overlay: 'none' }, acts)}
					/>
				</Panes>
			) : (
				<Beside state={state}>
					<QuestionScreen
						{...props}
						{...{ bindings, notices, isWide }}
						onTake={acts.take}
						onNarrowed={setLeft}
						onCopy={copy}
					/>
				</Beside>
			)}
		</Frame>
	);
}

/** What keys do in a list of which a filter leaves this. */
const withFilter = (bindings: readonly Binding[], left: FilterLeaves): readonly Binding[] =>
	bindings
		.filter(({ key }) => left !== 'nothing' || (key !== '↑↓' && key !== '⏎'))
		.map(binding =>
			left !== 'all' && binding.key === 'Esc' ? { ...binding, does: 'clear the filter' } : binding,
		);

/** What the words in a list of contexts mean. */
const onReaches = '"answers" means that the server of that context was reached, without logging in.';

/** What has a help of its own, besides the questions. */
const asideOf = ({ place, overlay }: WizardState): keyof typeof asideHelp | undefined =>
	place.kind === 'answers'
		? 'answers'
		: place.kind === 'question' && overlay !== 'none' && overlay !== 'help'
			? overlay
			: undefined;

function actsOf(
	{ state, dispatch, services, plan, facts, onLeave }: QuestionProps,
	say: (...texts: readonly string[]) => void,
	leave: Acts['leave'],
): Omit<Acts, 'isWide'> {
	const save = (what: 'runbook' | 'answers') =>
		void services.save(what, state.draft, plan(), facts).then(say);
	return {
		dispatch,
		leave,
		take({ action }) {
			if (isConversation(action)) dispatch(action);
			else if (action.type === 'save-runbook') save('runbook');
			else if (action.type === 'save-answers') save('answers');
			else if (action.type === 'leave') onLeave();
		},
		saveManifests: () => void saveManifests(problemsOf(state), services).then(told => say(...told)),
	};
}

/** What came of a key, for as long as the screen is there on which it was pressed. */
function useNotices({ place, overlay }: WizardState) {
	const screen = `${place.kind} ${place.kind === 'question' ? place.id : ''} ${overlay}`;
	const [told, setTold] = useState<Readonly<{ screen: string; texts: readonly string[] }>>();
	const say = (...texts: readonly string[]) => setTold({ screen, texts });
	return [told?.screen === screen ? told.texts : [], say] as const;
}
