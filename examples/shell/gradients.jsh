// A script for ./fluxion shell: Java, as one would type it. What has no semicolon at its end is shown.
var x = tensor(1f, 2f, 3f).requiresGrad_();
var y = x.mul(x)
    .add(1);
y
y.sum().backward();
x.grad()

Tensor square(Tensor t) {
  return t.mul(t);
}
square(tensor(1, 2, 3))

// f(2), f′(2), f″(2) of x³
var at = tensor(2.0).requiresGrad_();
var f = at.pow(3);
f.item()
var first = grad(f, at, true);
first.item()
first.backward();
at.grad().item()

for (var layer : List.of(new Linear(2, 3), new ReLU())) {
  IO.println(layer);
}
if (y.dim() == 1) {
  IO.println("a vector");
}
else {
  IO.println("no vector");
}
