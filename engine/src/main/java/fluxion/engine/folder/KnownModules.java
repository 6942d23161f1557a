package fluxion.engine.folder;

import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Modules that have been found already. */
final class KnownModules implements ModuleFinder {
  private final Map<String, ModuleReference> byName = new LinkedHashMap<>();

  KnownModules(List<Artefact> artefacts) {
    artefacts.forEach(artefact -> byName.put(artefact.module(), artefact.reference()));
  }

  @Override
  public Optional<ModuleReference> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  @Override
  public Set<ModuleReference> findAll() {
    return Set.copyOf(byName.values());
  }
}
