Console.WriteLine("name  value  unit  yardstick  ratio  target  met");
