import { useInput } from 'ink';
import { type ReactNode, useEffect, useState } from 'react';
import { choiceFor } from '../conversation/choices.ts';
import { blockers, isLookedAt, mayRun, warnings } from '../conversation/found.ts';
import { isConversation, type Offer, offersOnFound } from '../conversation/offers.ts';
import type { QuestionId } from '../conversation/question-ids.ts';
import { isField, isSecretField, suggestion } from '../conversation/questions.ts';
import type { WizardServices } from '../conversation/services.ts';
import type { WizardAction, WizardState } from '../conversation/wizard-state.ts';
import type { ClusterFacts } from '../pairing/clusters/cluster.ts';
import { podPlaces } from '../pairing/step/pod-places.ts';
import type { previewText } from '../pairing/step/preview.ts';
import type { Plan } from '../pairing/step/step.ts';
import type { Pair } from '../pairing/words/pair.ts';
import { Help } from './help.tsx';
import { isOfReader, keyed, keyWords } from './offer-keys.ts';
import { AnswersScreen } from './screens/answers-screen.tsx';
import { ChoiceScreen } from './screens/choice-screen.tsx';
import { ContextScreen } from './screens/context-screen.tsx';
import { FieldScreen } from './screens/field-screen.tsx';
import { FoundScreen } from './screens/found-screen.tsx';
import { ProblemsScreen } from './screens/problems-screen.tsx';
import { ReviewScreen } from './screens/review-screen.tsx';

export type QuestionProps = Readonly<{
	state: WizardState;
	dispatch: (action: WizardAction) => void;
	services: WizardServices;
	/** For the review. */
	plan: () => Plan;
	printPreview: typeof previewText;
	facts: Pair<ClusterFacts>;
	/** How much earlier attempts have made. */
	standing: number;
	onLeave: () => void;
}>;

/** The first two acts: the questions, and the plan that follows from the answers. */
export function QuestionPlace(props: QuestionProps): ReactNode {
	const { state, dispatch } = props;
	const help = () => dispatch({ type: 'help' });
	if (state.place.kind === 'answers') {
		return (
			<AnswersScreen
				draft={state.draft}
				onSubmit={id => dispatch({ type: 'change', id })}
				onBack={() => dispatch({ type: 'back' })}
			/>
		);
	}
	if (state.place.kind !== 'question') {
		return null;
	}
	const { id } = state.place;
	const keys = keyed(offersOnFound(state).filter(isOfReader));
	switch (state.overlay) {
		case 'help':
			return (
				<>
					<CloseHelp onClose={help} />
					<Help id={id} />
				</>
			);
		case 'problems':
			return (
				<ProblemsScreen
					errors={blockers(state.found, state.draft)}
					warnings={warnings(state.found)}
					keys={keys}
					words={keyWords(keys, state.draft)}
					onTake={taking(dispatch)}
					onSave={props.services.saveAttachment}
					onClose={() => dispatch({ type: 'problems' })}
				/>
			);
		case 'none':
			return <Question {...props} id={id} onHelp={help} />;
	}
}

const taking =
	(dispatch: QuestionProps['dispatch']) =>
	({ action }: Offer): void => {
		if (isConversation(action)) dispatch(action);
	};

function Question(props: QuestionProps & { id: QuestionId; onHelp: () => void }): ReactNode {
	const { id, state, dispatch, services, onHelp } = props;
	const { draft, found } = state;
	const { facts } = found;
	const onNext = () => dispatch({ type: 'next' });
	const onBack = () => dispatch({ type: 'back' });
	const common = { onBack, onHelp };
	const keys = keyed(offersOnFound(state));
	const namespaces = useNamespaces(services, id === 'namespace' ? draft.source : undefined);
	if (isField(id)) {
		return (
			<FieldScreen
				key={id}
				id={id}
				services={services}
				text={isSecretField(id) ? '' : (draft.texts[id] ?? suggestion(id, draft, facts))}
				secret={isSecretField(id) ? draft.secrets[id] : undefined}
				candidates={id === 'namespace' ? namespaces : []}
				onText={(field, text) => dispatch({ type: 'typed', field, text })}
				onSecret={(field, secret) => dispatch({ type: 'typed-secret', field, secret })}
				onNext={onNext}
				{...common}
			/>
		);
	}
	switch (id) {
		case 'source':
		case 'destination':
			return (
				<ContextScreen
					key={id}
					side={id}
					services={services}
					chosen={draft[id]}
					taken={id === 'destination' ? draft.source : undefined}
					onSubmit={context => dispatch({ type: 'chose-context', side: id, context })}
					onCancel={id === 'source' && !state.isChanging ? props.onLeave : onBack}
					onHelp={onHelp}
				/>
			);
		case 'found':
			return (
				<FoundScreen
					facts={facts}
					errors={blockers(found, draft)}
					warnings={warnings(found)}
					isBusy={!isLookedAt(found)}
					location={draft.location}
					hasAccount={draft.login === 'service-account'}
					standing={props.standing}
					keys={keys}
					words={keyWords(keys, draft)}
					onTake={taking(dispatch)}
					onRead={() => dispatch({ type: 'problems' })}
					{...common}
				/>
			);
		case 'review':
			return <Review {...props} onBack={onBack} />;
		default:
			return <ChoiceScreen id={id} {...choiceFor(id, props)} {...common} />;
	}
}

function Review(props: QuestionProps & { onBack: () => void }): ReactNode {
	const { dispatch, services, state, facts } = props;
	const plan = props.plan();
	const [notice, setNotice] = useState<string>();
	return (
		<ReviewScreen
			plan={plan}
			printPreview={props.printPreview}
			places={podPlaces(facts)}
			notice={notice}
			standing={props.standing}
			// Only what has been looked at, and found free of what would make it fail, is run.
			onRun={() =>
				dispatch(mayRun(state.found, state.draft) ? { type: 'run' } : { type: 'change', id: 'found' })
			}
			onChange={() => dispatch({ type: 'list-answers' })}
			onSave={what => void services.save(what, state.draft, plan, facts).then(setNotice)}
			onBack={props.onBack}
		/>
	);
}

function CloseHelp({ onClose }: { onClose: () => void }): ReactNode {
	useInput((input, key) => {
		if (key.escape || key.return || input === '?' || input === 'q') onClose();
	});
	return null;
}

/** Those there are on the source, while they are asked for. */
function useNamespaces(services: WizardServices, context: string | undefined): readonly string[] {
	const [names, setNames] = useState<readonly string[]>([]);
	useEffect(() => {
		if (context !== undefined) {
			services.namespaces(context).then(found => setNames(found ?? []));
		}
	}, [services, context]);
	return context === undefined ? [] : names;
}
