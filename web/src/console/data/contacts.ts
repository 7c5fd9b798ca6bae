/** What agents decide of who somebody is: two contacts are one, they are not, or not after all. */
import type { ContactDetail } from "../../wire.ts";
import { api } from "./api.ts";
import { reopenDetail, setContact } from "./conversation.ts";

async function decided(asked: Promise<ContactDetail>): Promise<ContactDetail> {
  const contact = await asked;
  setContact(contact);
  // Earlier conversations and the names of authors may be others now.
  reopenDetail();
  return contact;
}

/** From now on `source` stands for `contact`. */
export function joinContacts(contact: string, source: string): Promise<ContactDetail> {
  return decided(api.post<ContactDetail>(`/api/contacts/${contact}/merge`, { source }));
}

export function dismissSuggestion(contact: string, other: string): Promise<ContactDetail> {
  return decided(api.post<ContactDetail>(`/api/contacts/${contact}/suggestions/${other}/dismiss`));
}

export function partContacts(merge: string): Promise<ContactDetail> {
  return decided(api.post<ContactDetail>(`/api/merges/${merge}/undo`));
}
