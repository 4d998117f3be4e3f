import type { ReactNode } from 'react';
import { defaultRows, takeDefault } from '../conversation/defaults.ts';
import { detailsOf } from '../conversation/found/details.ts';
import { adminNamespaceIn, aheadOf, blockers, isLookedAt, warnings } from '../conversation/found/found.ts';
import { blamedOf, proofOf } from '../conversation/found/proof.ts';
import { offersAt } from '../conversation/offers/offers.ts';
import { choiceFor } from '../conversation/questions/choices.ts';
import { contextsFor } from '../conversation/questions/contexts.ts';
import type { QuestionId } from '../conversation/questions/question-ids.ts';
import { isField, isSecretField, suggestion } from '../conversation/questions/questions.ts';
import type { WizardServices } from '../conversation/services.ts';
import { summaryOf } from '../conversation/summary.ts';
import { foundHere, type WizardAction, type WizardState } from '../conversation/wizard-state.ts';
import type { ClusterFacts } from '../pairing/clusters/cluster.ts';
import { podPlaces } from '../pairing/step/pod-places.ts';
import type { previewText } from '../pairing/step/preview.ts';
import type { Plan } from '../pairing/step/step.ts';
import { defined } from '../pairing/words/json.ts';
import type { Pair } from '../pairing/words/pair.ts';
import type { FilterLeaves } from '../ui/components/filter-select.tsx';
import { actOf, type Binding } from '../ui/keys/bindings.ts';
import { useNamespaces } from './hooks/use-namespaces.ts';
import { keyed, keyWords, reviewOffers } from './keys/keys-at.ts';
import { type Acts, isOfReader } from './keys/parts.ts';
import { AnswersScreen } from './screens/answers-screen.tsx';
import { ChoiceScreen } from './screens/choice-screen.tsx';
import { ContextScreen } from './screens/context-screen.tsx';
import { DefaultsScreen } from './screens/defaults-screen.tsx';
import { DetailsScreen } from './screens/details-screen.tsx';
import { FieldScreen } from './screens/field-screen.tsx';
import { FoundScreen } from './screens/found-screen.tsx';
import { KubeconfigScreen } from './screens/kubeconfig-screen.tsx';
import { ProblemsScreen } from './screens/problems-screen.tsx';
import { ReviewScreen } from './screens/review-screen.tsx';
import { StepsScreen } from './screens/steps-screen.tsx';

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
	isPractice: boolean;
	onLeave: () => void;
}>;

type ScreenProps = QuestionProps &
	Readonly<{
		/** The list of contexts is filtered. */
		onNarrowed: (left: FilterLeaves) => void;
		bindings: readonly Binding[];
		notices: readonly string[];
		onTake: Acts['take'];
		isWide: boolean;
		onCopy: (text: string) => void;
	}>;

/** The screen of a question, or what lies over it. */
export function QuestionScreen(props: ScreenProps): ReactNode {
	const { state, dispatch, bindings } = props;
	const { place, found, draft } = state;
	if (place.kind === 'answers') {
		return (
			<AnswersScreen
				draft={draft}
				facts={found.facts}
				onSubmit={id => dispatch({ type: 'change', id })}
				onBack={actOf(bindings, 'Esc')}
				onHelp={actOf(bindings, '?')}
			/>
		);
	}
	if (place.kind !== 'question') {
		return null;
	}
	if (state.overlay === 'file') {
		return (
			<KubeconfigScreen
				services={props.services}
				onContexts={contexts => dispatch({ type: 'added-contexts', contexts })}
				onBack={actOf(bindings, 'Esc')}
				onHelp={actOf(bindings, '?')}
			/>
		);
	}
	if (state.overlay === 'details') {
		return <DetailsScreen details={detailsOf(state)} />;
	}
	if (state.overlay === 'steps') {
		return (
			<StepsScreen
				plan={props.plan()}
				printPreview={props.printPreview}
				places={podPlaces(props.facts)}
				isWide={props.isWide}
				onCopy={props.onCopy}
			/>
		);
	}
	const shown = foundHere(state);
	return state.overlay === 'problems' ? (
		<ProblemsScreen
			errors={blockers(shown, draft)}
			warnings={warnings(shown)}
			notices={props.notices}
			onCopy={props.onCopy}
			words={keyWords(keyed(offersAt(state).filter(isOfReader)), draft)}
		/>
	) : (
		<Question {...props} id={place.id} />
	);
}

function Question(props: ScreenProps & Readonly<{ id: QuestionId }>): ReactNode {
	const { id, state, dispatch, services, bindings } = props;
	const { draft, found } = state;
	const { facts } = found;
	const within = { onBack: actOf(bindings, 'Esc'), onHelp: actOf(bindings, '?') };
	const blamed = blamedOf(state);
	const namespaces = useNamespaces(services, state, id === 'namespace');
	if (isField(id)) {
		return (
			<FieldScreen
				key={id}
				id={id}
				services={services}
				text={isSecretField(id) ? '' : (draft.texts[id] ?? suggestion(id, draft, facts))}
				secret={isSecretField(id) ? draft.secrets[id] : undefined}
				cause={blamed?.id === id ? blamed.problem : undefined}
				adminNamespace={adminNamespaceIn(found)}
				candidates={id === 'namespace' ? namespaces : []}
				onText={(field, text) => dispatch({ type: 'typed', field, text })}
				onSecret={(field, secret) => dispatch({ type: 'typed-secret', field, secret })}
				onNext={() => dispatch({ type: 'next' })}
				{...within}
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
					choice={contextsFor(services, state, id)}
					onSubmit={({ name, kubeconfig }) =>
						dispatch({ type: 'chose-context', side: id, context: name, ...defined({ kubeconfig }) })
					}
					onNarrowed={props.onNarrowed}
					onFile={() => dispatch({ type: 'name-file' })}
					{...within}
				/>
			);
		case 'found':
			return (
				<FoundScreen
					facts={facts}
					findings={found.findings}
					errors={blockers(found, draft)}
					warnings={warnings(found)}
					isBusy={!isLookedAt(found)}
					location={draft.location}
					hasAccount={draft.login === 'service-account'}
					standing={props.standing}
					words={keyWords(keyed(offersAt(state)), draft)}
				/>
			);
		case 'defaults':
			return (
				<DefaultsScreen
					rows={defaultRows(state)}
					proof={proofOf(state)}
					onSubmit={taken => dispatch(takeDefault(taken))}
					{...within}
				/>
			);
		case 'review':
			return (
				<ReviewScreen
					summary={summaryOf(state, props.plan(), props.standing)}
					errors={blockers(foundHere(state), draft)}
					warnings={warnings(foundHere(state))}
					isBusy={aheadOf(state) === undefined}
					offers={reviewOffers(state)}
					notice={props.notices.at(-1)}
					onTake={props.onTake}
					{...within}
				/>
			);
		default:
			return <ChoiceScreen id={id} {...choiceFor(id, props)} {...within} />;
	}
}
