package fluxion.tests.mutation;

import fluxion.api.spi.Engines;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleReader;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pointwise functions of a provider: those in static fields of its module's classes, and
 * those that its operators hold.
 *
 * <p>Operators do not say of which functions they are made, and often are made of several; so this
 * walks over the objects that can be reached.
 */
final class Subjects {
  private final Map<String, Subject> subjects = new LinkedHashMap<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Subjects() {}

  /** The functions of a provider, each once, with names that say where they are. */
  static List<Subject> of(FunctionProvider provider) {
    Subjects walk = new Subjects();
    Class<?> member = provider.getClass();
    for (Class<?> type : classes(member.getModule(), member.getPackageName())) {
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
          walk.visit(simpleName(type) + "." + field.getName(), value(field, null));
        }
      }
    }
    for (Operator operator : provider.operators()) {
      for (Operator.Overload<?> overload : operator.overloads()) {
        // the engine has made operators of its own from its own instance of the provider
        walk.visit(
            operator.name(), Engines.current().operators().link(operator.name(), overload.call()));
      }
    }
    return List.copyOf(walk.subjects.values());
  }

  private void visit(String path, @Nullable Object object) {
    if (object == null || !seen.add(object)) {
      return;
    }
    switch (object) {
      case PointwiseFunction function -> add(path, function);
      case Map<?, ?> map -> map.forEach((key, value) -> visit(path + "[" + key + "]", value));
      case Collection<?> all -> {
        int i = 0;
        for (Object each : all) {
          visit(path + "[" + i++ + "]", each);
        }
      }
      case Object[] all -> {
        for (int i = 0; i < all.length; i++) {
          visit(path + "[" + i + "]", all[i]);
        }
      }
      default -> visitFields(path, object);
    }
  }

  private void visitFields(String path, Object object) {
    Class<?> type = object.getClass();
    if (!type.getName().startsWith("fluxion.")
        || type.isEnum()
        || !type.getModule().isOpen(type.getPackageName(), Subjects.class.getModule())) {
      return;
    }
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
        visit(path, value(field, object));
      }
    }
  }

  private void add(String path, PointwiseFunction function) {
    String name = path;
    for (int i = 2; subjects.containsKey(name); i++) {
      name = path + " " + i;
    }
    subjects.put(name, new Subject(name, function));
  }

  private static @Nullable Object value(Field field, @Nullable Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new LinkageError("cannot read " + field, e);
    }
  }

  /** The classes of a module's package and of those below, in the order of their names. */
  static List<Class<?>> classes(Module module, String packageName) {
    String folder = packageName.replace('.', '/') + "/";
    ModuleReader reader = null;
    try {
      reader =
          module
              .getLayer()
              .configuration()
              .findModule(module.getName())
              .orElseThrow()
              .reference()
              .open();
      List<Class<?>> classes = new ArrayList<>();
      for (String name : reader.list().sorted().toList()) {
        if (name.startsWith(folder) && name.endsWith(".class") && !name.contains("-info")) {
          String dotted = name.substring(0, name.length() - ".class".length()).replace('/', '.');
          classes.add(Class.forName(dotted, false, module.getClassLoader()));
        }
      }
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new LinkageError("a class of " + folder + " is not there", e);
    } finally {
      close(reader);
    }
  }

  private static void close(@Nullable ModuleReader reader) {
    if (reader != null) {
      try {
        reader.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String simpleName(Class<?> type) {
    return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
  }
}
