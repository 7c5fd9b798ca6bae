/** Where the script that is loaded on demand begins: what is seldom needed, drawn by the Preact of the first one. */
import type { Scene } from "../view/scene";
import { Attachments } from "./attachments";
import { Drafts } from "./drafts";
import { History } from "./history";
import { Mail } from "./mail";
import { Menu } from "./menu";
import { Prove } from "./prove";
import { Questions } from "./questions";
import { Rating } from "./rating";
import { Rest } from "./rest";
import { install } from "./runtime";
import { STYLES } from "./styles";
import { Suggestions } from "./suggestions";
import type { Kit, More } from "./types";

const VIEWS = { menu: Menu, history: History, prove: Prove };

export default function more(kit: Kit): More {
  install(kit);
  kit.wear(STYLES);
  const rest = new Rest(kit);
  return {
    attachments: new Attachments(kit.client, kit.store),
    view(scene: Scene) {
      const { view } = scene.state;
      const View = view === "chat" ? Menu : VIEWS[view];
      return <View key={view} scene={scene} rest={rest} />;
    },
    card: (scene) => (
      <div class="cards">
        <Rating scene={scene} rest={rest} />
        <Mail scene={scene} rest={rest} />
      </div>
    ),
    questions: (scene) => <Questions scene={scene} />,
    suggestions: (scene) => <Suggestions scene={scene} rest={rest} />,
    drafts: (scene) => <Drafts scene={scene} />,
    heard: (frame) => rest.heard(frame),
  };
}
